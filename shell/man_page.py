"""The manual page, by argparse-manpage."""
from argparse_manpage.manpage import Manpage
from jobs_tui import __version__
from shell.whole_parser import whole_parser
def man_page() -> str:
    whole, _ = whole_parser()
    page = Manpage(whole, {"project_name":"jobs-tui","version":__version__,"date":"x"}, format="single-commands-section")
    return str(page)

# offers each name of a kind
_jobs_tui_names() {
  local -a names
  names=(${(f)"$(command jobs-tui completion $1 2>/dev/null </dev/null)"})
  shift
  compadd "$@" -a names
}
_jobs_tui_things() { _jobs_tui_names things "$@"; }
_jobs_tui_contexts() { _jobs_tui_names contexts "$@"; }

# prints each name of a kind that begins like the word; none is ever looked at as shell words
_jobs_tui_names() {
  local name
  while IFS= read -r name; do
    [[ "$name" == "$2"* ]] && printf '%s\n' "$name"
  done < <(command jobs-tui completion "$1" 2>/dev/null </dev/null)
}
_jobs_tui_things() { _jobs_tui_names things "$1"; }
_jobs_tui_contexts() { _jobs_tui_names contexts "$1"; }

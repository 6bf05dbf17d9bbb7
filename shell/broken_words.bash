
# what readline breaks at : is one word to the program, and --option=value is two
_jobs_tui() {
  local -a whole=()
  local word index at=0 joined=0
  for index in "${!COMP_WORDS[@]}"; do
    word="${COMP_WORDS[index]}"
    if [[ "$word" == "=" && "${whole[at]-}" == --* && $joined = 0 ]]; then
      [ "$index" -eq "$COMP_CWORD" ] && whole+=("")
    elif [[ "$word" == [:=]* && $index -gt 0 ]]; then
      whole[at]+="$word"
      joined=1
    elif [ "$joined" -eq 1 ]; then
      whole[at]+="$word"
      joined=0
    else
      whole+=("$word")
    fi
    at=$(( ${#whole[@]} - 1 ))
    [ "$index" -eq "$COMP_CWORD" ] && break
  done
  local COMP_CWORD="$at"
  local -a COMP_WORDS=("${whole[@]}")
  _shtab_jobs_tui
  # of a word that was broken, only what follows the last break is put in
  word="${whole[at]}"
  if [[ "$word" == *[:=]* && "$COMP_WORDBREAKS" == *:* ]]; then
    local begin="${word%"${word##*[:=]}"}"
    COMPREPLY=("${COMPREPLY[@]#"$begin"}")
  fi
}

complete -o bashdefault -F _jobs_tui jobs-tui

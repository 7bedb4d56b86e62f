# strangler: completion for bash
# Use: source <(strangler completion bash)
_strangler() {
    local line=${COMP_LINE:0:COMP_POINT}
    line=${line#*[[:space:]]}
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$(strangler "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _strangler strangler

#compdef strangler
# strangler: completion for zsh
# Use: source <(strangler completion zsh)
_strangler() {
    local line="${(j: :)words[2,CURRENT]}"
    local -a found
    found=("${(@f)$(strangler "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if (( ${#found} )) && [[ -n ${found[1]} ]]; then
        compadd -a found
    else
        _files
    fi
}
compdef _strangler strangler

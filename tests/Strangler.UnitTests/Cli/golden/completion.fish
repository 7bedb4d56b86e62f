# strangler: completion for fish
# Use: strangler completion fish | source
function __strangler_complete
    set -l line (commandline -cp | string replace -r '^\S+\s' '')
    strangler "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c strangler -a '(__strangler_complete)'

namespace Strangler.Cli.Verbs.Completion;

/// <summary>What the shells need to complete a command line. All of them ask the command itself, so they never have to be written again.</summary>
internal static class CompletionScripts
{
    /// <summary>The shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => Pwsh,
    };

    private const string Bash = """
        # strangler: completion for bash
        # Use: source <(strangler completion bash)
        _strangler() {
            local line=${COMP_LINE:0:COMP_POINT}
            line=${line#*[[:space:]]}
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(strangler "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _strangler strangler

        """;

    private const string Zsh = """
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

        """;

    private const string Fish = """
        # strangler: completion for fish
        # Use: strangler completion fish | source
        function __strangler_complete
            set -l line (commandline -cp | string replace -r '^\S+\s' '')
            strangler "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c strangler -a '(__strangler_complete)'

        """;

    private const string Pwsh = """
        # strangler: completion for PowerShell
        # Use: strangler completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName strangler -ScriptBlock {
            param($word, $ast, $cursor)
            $line = $ast.ToString().PadRight($cursor).Substring(0, $cursor) -replace '^\S+\s', ''
            strangler "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}

namespace Strangler.Demo.Processes;

/// <summary>The signals that the demo sends, with their Linux numbers.</summary>
public enum UnixSignal
{
    /// <summary>SIGHUP: the terminal is gone.</summary>
    HangUp = 1,

    /// <summary>SIGINT: what Ctrl-C sends; PostgreSQL takes it as a fast shutdown.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT: PostgreSQL takes it as an immediate shutdown.</summary>
    Quit = 3,

    /// <summary>SIGKILL: no chance to clean up.</summary>
    Kill = 9,

    /// <summary>SIGTERM: please end.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: go on after a freeze.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: freeze.</summary>
    Stop = 19,
}

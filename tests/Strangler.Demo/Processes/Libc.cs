using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Strangler.Demo.Processes;

/// <summary>The three system calls that .NET does not offer.</summary>
internal static partial class Libc
{
    /// <summary>The effective user id; 0 is root.</summary>
    public static uint EffectiveUserId => GetEffectiveUserId();

    /// <summary>Sends a signal. A process that is already gone is not an error.</summary>
    public static void Signal(int processId, UnixSignal signal) => _ = Kill(processId, (int)signal);

    /// <summary>Gives a file or folder to another user.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (ChangeOwnerCore(path, userId, groupId) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwnerCore(string path, uint userId, uint groupId);
}

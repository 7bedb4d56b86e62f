using System.Runtime.InteropServices;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>An answer, or what happened instead of one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AskResult(Answer? Answer, AskFailure Failure)
{
    public static AskResult Failed(AskFailure failure) => new(null, failure);
}

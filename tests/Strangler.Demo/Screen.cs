namespace Strangler.Demo;

/// <summary>
/// Lines for people. A terminal that has gone away is no reason to fail: the shop must still be stopped in order.
/// </summary>
internal sealed class Screen
{
    private readonly Lock _gate = new();

    /// <summary>Writes a line to standard output.</summary>
    public void Line(string text = "") => Write(Console.Out, text);

    /// <summary>Writes a line to standard error.</summary>
    public void Error(string text) => Write(Console.Error, text);

    private void Write(TextWriter writer, string text)
    {
        lock (_gate)
        {
            try
            {
                writer.WriteLine(text);
                writer.Flush();
            }
            catch (IOException)
            {
                // Nobody is there to read it.
            }
        }
    }
}

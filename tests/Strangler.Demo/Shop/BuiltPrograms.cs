namespace Strangler.Demo.Shop;

/// <summary>The programs that were built together with this one: same checkout, same configuration.</summary>
internal sealed class BuiltPrograms
{
    private readonly string _configuration;

    private BuiltPrograms(string checkout, string configuration)
    {
        Checkout = checkout;
        _configuration = configuration;
    }

    /// <summary>The root of the checkout.</summary>
    public string Checkout { get; }

    /// <summary>The rules of the shop.</summary>
    public string Rules => Path.Combine(Checkout, "routing-rules", "strangler.yaml");

    /// <summary>Finds them from where this program lies: CHECKOUT/tests/PROJECT/bin/CONFIGURATION/net10.0.</summary>
    /// <exception cref="DemoException">It does not lie in a checkout.</exception>
    public static BuiltPrograms Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var checkout = output;
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "Strangler.sln")))
        {
            checkout = checkout.Parent;
        }

        return checkout is null
            ? throw new DemoException($"{output.FullName} is not inside a checkout of Strangler.")
            : new BuiltPrograms(checkout.FullName, output.Parent!.Name);
    }

    /// <summary>The command that runs a project's program.</summary>
    /// <exception cref="DemoException">It was not built.</exception>
    public IReadOnlyList<string> Command(string project, string assembly, params IReadOnlyList<string> arguments)
    {
        var path = Path.Combine(Checkout, project, "bin", _configuration, "net10.0", assembly + ".dll");
        return File.Exists(path)
            ? [DotNet(), path, .. arguments]
            : throw new DemoException($"{path} is missing; build the solution, or start the demo with ./strangler demo.");
    }

    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}

// An application of somebody else: it knows the stock Microsoft.FeatureManagement and the address of the definitions, and nothing of ours.
// Arguments: address and features. The token stands in FEATURES_TOKEN. Reads one unit per line as a JSON string, answers with one line of
// variants per unit, in the order of the features.
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("FEATURES_TOKEN"));
using var definitions = new MemoryStream(await http.GetByteArrayAsync(new Uri(args[0])));

var services = new ServiceCollection();
services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(definitions).Build());
services.AddFeatureManagement();
await using var provider = services.BuildServiceProvider();
var library = provider.GetRequiredService<IVariantFeatureManager>();

while (await Console.In.ReadLineAsync() is { } line)
{
    var context = new TargetingContext { UserId = JsonSerializer.Deserialize<string>(line) };
    var answers = new List<string>();
    foreach (var feature in args.Skip(1)) answers.Add((await library.GetVariantAsync(feature, context)).Name);
    Console.WriteLine(string.Join(' ', answers));
}

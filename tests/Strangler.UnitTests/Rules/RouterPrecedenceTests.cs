using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Internal;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Xunit;

namespace Strangler.UnitTests.Rules;

/// <summary>What our checks believe about ASP.NET's router, asked of the router itself.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class RouterPrecedenceTests
{
    private const int Seed = 5;
    private static readonly string[] Names = ["a", "b", "B"];

    [Theory]
    [InlineData("/a/b/b", "/a/b/{y}", "/a/{x}/b")]
    [InlineData("/a/b/b", "/a/{x}/b", "/{z}/b/b")]
    [InlineData("/a/b", "/a/{**r}", "/{x}/b")]
    [InlineData("/a", "/a", "/a/{**r}")]
    [InlineData("/a/b", "/a/{x}", "/a/{x}/{**r}")]
    [InlineData("/a/b/b", "/a/{x}/{**r}", "/a/{**r}")]
    [InlineData("/", "/", "/{**r}")]
    public async Task Router_PatternsThatCross_DecidesByTheFirstDifference(string path, string winner, string loser)
    {
        (await AskAsync([winner, loser], path)).ShouldBe(winner);
        (await AskAsync([loser, winner], path)).ShouldBe(winner);
    }

    [Fact]
    public async Task Router_AnyPatternsAndPaths_AgreesWithOurOrder()
    {
        var random = new Random(Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        for (var round = 0; round < 300; round++)
        {
            var templates = Enumerable.Range(0, random.Next(2, 8)).Select(_ => TestPlan.Template(AnyPattern(random)))
                .DistinctBy(t => t.Shape, StringComparer.OrdinalIgnoreCase).ToList();
            for (var i = 0; i < 10; i++)
            {
                var path = "/" + string.Join('/', Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(4) == 0 ? "x" : Names[random.Next(Names.Length)]));
                var ours = templates.Where(t => t.Match(path) is not null).Order(PathTemplate.BestMatchFirst).FirstOrDefault();

                (await AskAsync([.. templates.Select(t => t.Text)], path)).ShouldBe(ours?.Text, $"{path} of {string.Join(" ", templates)}");
            }
        }
    }

    [Fact]
    public void Relations_AnyTwoPatterns_AreThoseOfTheirPaths()
    {
        var random = new Random(Seed);
        var paths = Paths(5);
        for (var round = 0; round < 3000; round++)
        {
            var (a, b) = (TestPlan.Template(AnyPattern(random)), TestPlan.Template(AnyPattern(random)));
            var (ofA, ofB) = (paths.Where(p => a.Match(p) is not null).ToHashSet(StringComparer.Ordinal), paths.Where(p => b.Match(p) is not null).ToHashSet(StringComparer.Ordinal));

            PatternRelations.Covers(a, b).ShouldBe(ofB.IsSubsetOf(ofA), $"{a} covers {b}");
            var common = PatternRelations.CommonPath(a, b);
            (common is not null).ShouldBe(ofA.Overlaps(ofB), $"{a} and {b}");
            if (common is not null) (a.Match(common) is not null && b.Match(common) is not null).ShouldBeTrue($"{a} and {b}: {common}");
        }
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/a/")]
    [InlineData("/a/b")]
    [InlineData("/a/b/")]
    [InlineData("/a/b/c/d")]
    public async Task Router_CatchAllThatIsUsedUp_GetsNothing(string path) =>
        (await AskAsync(["/a/{**all}", "/a", "/a/{x}/{**rest}"], path)).ShouldNotBe("/a/{**all}");

    // Its precedence is a decimal with a place for each segment.
    [Fact]
    public async Task Router_AsManySegmentsAsWeAllow_IsServed()
    {
        var pattern = string.Concat(Enumerable.Repeat("/a", RulesLimits.Segments - 1)) + "/{x}";
        var other = string.Concat(Enumerable.Repeat("/a", RulesLimits.Segments));

        (await AskAsync([pattern, other], other)).ShouldBe(other);
        Should.Throw<InvalidOperationException>(() => RoutePatternFactory.Parse(string.Concat(Enumerable.Repeat("/a", 29))));
    }

    [Fact]
    public void Exceeds_AnyPatterns_CountsTheStatesThatTheRouterMakes()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var templates = Enumerable.Range(0, random.Next(1, 12)).Select(_ => TestPlan.Template(AnyPattern(random)))
                .DistinctBy(t => t.Shape, StringComparer.OrdinalIgnoreCase).ToList();
            var states = StatesOf(templates);

            RouterSize.Exceeds(templates, states).ShouldBeFalse(string.Join(" ", templates));
            RouterSize.Exceeds(templates, states - 1).ShouldBeTrue(string.Join(" ", templates));
        }
    }

    [Fact]
    public void Exceeds_PatternsThatDouble_IsAnsweredWithoutMakingTheStates() =>
        RouterSize.Exceeds([.. Enumerable.Range(0, RulesLimits.Segments).Select(i => TestPlan.Template(string.Concat(Enumerable.Range(0, i).Select(j => $"/{{p{j}}}")) + "/n"))],
            RulesLimits.RouterStates).ShouldBeTrue();

    private static string AnyPattern(Random random)
    {
        var segments = Enumerable.Range(0, random.Next(0, 4)).Select(i => random.Next(5) < 2 ? $"/{{p{i}}}" : "/" + Names[random.Next(Names.Length)]);
        var pattern = string.Concat(segments) + (random.Next(4) == 0 ? "/{**rest}" : "");
        return pattern.Length == 0 ? "/" : pattern;
    }

    private static List<string> Paths(int depth)
    {
        List<string> paths = ["/"], deepest = [""];
        for (var i = 0; i < depth; i++)
        {
            deepest = [.. from path in deepest from name in new[] { "a", "b", "x" } select $"{path}/{name}"];
            paths.AddRange(deepest);
        }

        return paths;
    }

    private static async Task<string?> AskAsync(IReadOnlyList<string> patterns, string path)
    {
        var services = new ServiceCollection().AddLogging().AddRouting().AddSingleton(new System.Diagnostics.DiagnosticListener("test")).BuildServiceProvider();
        await using var _ = services;
        string? chosen = null;
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            foreach (var pattern in patterns)
            {
                endpoints.Map(pattern, _ =>
                {
                    chosen = pattern;
                    return Task.CompletedTask;
                });
            }
        });
        using var scope = services.CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = "GET";
        context.Request.Path = path;
        await app.Build()(context);
        return chosen;
    }

    private static int StatesOf(IEnumerable<PathTemplate> templates)
    {
        using var services = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
        var source = new DefaultEndpointDataSource(templates.Select(t =>
            (Endpoint)new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(t.Text), order: 0, EndpointMetadataCollection.Empty, t.Text)));
        using var graph = new StringWriter();
        new DfaGraphWriter(services).Write(source, graph);
        return graph.ToString().Split('\n').Count(line => line.Contains("[label=", StringComparison.Ordinal) && !line.Contains("->", StringComparison.Ordinal));
    }
}

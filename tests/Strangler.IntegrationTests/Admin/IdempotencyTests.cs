using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Promote = "/admin/v1/capabilities/catalog:promote";
    private static readonly object Body = new { reason = "x" };

    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Change_SameKeyAgain_IsTheFirstAnswerAndNoSecondChange()
    {
        using var first = await _edge.PostAsync(Promote, Body, "\"1\"", "\"key-1\"");
        using var second = await _edge.PostAsync(Promote, Body, "\"1\"", "key-1");

        var answer = (await first.ShouldBeAsync(200)).ToJsonString();
        (await second.ShouldBeAsync(200)).ToJsonString().ShouldBe(answer);
        second.Headers.ETag!.Tag.ShouldBe("\"2\"");
        second.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await _edge.PlanAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Change_SameKeyOtherRequest_Is422()
    {
        using var first = await _edge.PostAsync(Promote, Body, "\"1\"", "k");

        using var otherBody = await _edge.PostAsync(Promote, new { reason = "y" }, "\"1\"", "k");
        using var otherPlan = await _edge.PostAsync(Promote, Body, "\"2\"", "k");
        using var otherVerb = await _edge.PostAsync("/admin/v1/capabilities/catalog:kill", Body, "\"1\"", "k");

        await otherBody.ShouldBeAsync(422, "key-reused");
        await otherPlan.ShouldBeAsync(422, "key-reused");
        await otherVerb.ShouldBeAsync(422, "key-reused");
        (await _edge.PlanAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Change_KeyOfSomebodyElse_IsAnotherKey()
    {
        using var mia = await _edge.OperatorAsync("mia", "migrator");
        using var first = await _edge.PostAsync(Promote, Body, "\"2\"", "k");
        await first.ShouldBeAsync(200);

        using var second = await _edge.PostAsync(Promote, Body, "\"2\"", "k", mia);

        await second.ShouldBeAsync(412, "stale");
    }

    [Fact]
    public async Task Change_RefusedBefore_IsRefusedInTheSameWords()
    {
        using var first = await _edge.PostAsync(Promote, new { reason = "x", stage = "retired" }, "\"1\"", "k");
        var problem = (await first.ShouldBeAsync(422, "refused")).ToJsonString();
        await _edge.ChangeAsync("promote", Body);

        using var second = await _edge.PostAsync(Promote, new { reason = "x", stage = "retired" }, "\"1\"", "k");

        (await second.ShouldBeAsync(422, "refused")).ToJsonString().ShouldBe(problem);
        second.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("256")]
    public async Task Change_KeyThatIsNone_Is400(string key)
    {
        using var response = await _edge.PostAsync(Promote, Body, "\"1\"", key == "256" ? new string('x', 256) : key);

        await response.ShouldBeAsync(400, "invalid");
        (await _edge.PlanAsync()).ShouldBe(1);
    }
}

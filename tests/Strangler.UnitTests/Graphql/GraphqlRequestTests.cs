using System.Text;
using System.Text.Json;
using Shouldly;
using Strangler.Core.Graphql;
using Xunit;

namespace Strangler.UnitTests.Graphql;

public sealed class GraphqlRequestTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("{a}")]
    [InlineData("query{a}")]
    [InlineData("query Q($id: [ID!]! = [1, -2.5e+3, \"x\"] @d(a: {b: $c})) @live { a: b(x: $id, y: ENUM) @skip(if: true) { ...F ... on T { c } ... @x { d } } }\nfragment F on T { mutation subscription query fragment on }")]
    [InlineData("# mutation { a }\n{ a }")]
    [InlineData("{ a(text: \"mutation { b }\", block: \"\"\"} mutation { \\\"\"\" b }\"\"\") }")]
    [InlineData("\uFEFF,,, {a,b}")]
    [InlineData("{ mutation { subscription } }")]
    public void IsQuery_WellFormedQuery_True(string document) => OfBody(document).ShouldBeTrue();

    [Theory]
    [InlineData("mutation{a}")]
    [InlineData("subscription{a}")]
    [InlineData("query A{a} mutation B{b}")]
    [InlineData("mutation B{b} {a}")]
    [InlineData("# c\rmutation{a}")]
    [InlineData("# c\u2028mutation{a}\n{a}")]
    [InlineData("{ a(x: \"\\\") mutation{b}")]
    [InlineData("type T { a: Int }")]
    [InlineData("extend type T { a: Int } {a}")]
    [InlineData("fragment F on T {a}")]
    [InlineData("{a} {b}")]
    [InlineData("{a} query B{b}")]
    [InlineData("query A{a} query B{b}")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{a")]
    [InlineData("{a}}")]
    [InlineData("{a(x: 01)}")]
    [InlineData("{a(x: 1a)}")]
    [InlineData("{a(x: \"\n\")}")]
    [InlineData("{a(x: \"\"\"\")}")]
    [InlineData("{a; b}")]
    [InlineData("\u0000{a}")]
    [InlineData("fragment on on T {a} {a}")]
    public void IsQuery_AnythingElse_False(string document) => OfBody(document).ShouldBeFalse();

    [Theory]
    [InlineData("A", true)]
    [InlineData("B", true)]
    [InlineData("C", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void IsQuery_OperationName_MustChooseOne(string name, bool expected) => OfBody("query A{a} query B{b}", name).ShouldBe(expected);

    [Fact]
    public void IsQuery_MutationThatIsNotChosen_False() => OfBody("query A{a} mutation B{b}", "A").ShouldBeFalse();

    [Fact]
    public void IsQuery_SameNameTwice_False() => OfBody("query A{a} query A{b}", "A").ShouldBeFalse();

    [Theory]
    [InlineData("""{"query":"{a}","query":"mutation{b}"}""")]
    [InlineData("""{"query":"mutation{b}","query":"{a}"}""")]
    [InlineData("""{"query":"{a}","Query":"mutation{b}"}""")]
    [InlineData("""{"query":"{a}","\u0071uery":"mutation{b}"}""")]
    [InlineData("""{"query":"query A{a}","operationName":"A","OPERATIONNAME":"B"}""")]
    [InlineData("""[{"query":"{a}"}]""")]
    [InlineData("""{"query":"{a}"} {"query":"mutation{b}"}""")]
    [InlineData("""{"id":"abc"}""")]
    [InlineData("""{"query":"{a}","id":"abc"}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}""")]
    [InlineData("""{"query":"{a}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}""")]
    [InlineData("""{"query":"{a}","extensions":[]}""")]
    [InlineData("""{"query":null}""")]
    [InlineData("""{"query":["{a}"]}""")]
    [InlineData("""{"query":"{a}","operationName":1}""")]
    [InlineData("""{"query":"{a}",}""")]
    [InlineData("""{"query":"\ud800{a}"}""")]
    [InlineData("{a}")]
    [InlineData("")]
    public void IsQuery_BodyThatServersMayReadDifferently_False(string body) => GraphqlRequest.IsQuery("", Json, Encoding.UTF8.GetBytes(body)).ShouldBeFalse();

    [Theory]
    [InlineData("", "application/json; charset=utf-8", true)]
    [InlineData("", "Application/JSON", true)]
    [InlineData("", "application/json; charset=utf-16", false)]
    [InlineData("", "application/graphql", false)]
    [InlineData("", "multipart/form-data; boundary=x", false)]
    [InlineData("", null, false)]
    [InlineData("?query=mutation{a}", Json, false)]
    [InlineData("?x=1", Json, false)]
    public void IsQuery_PostAddressAndType_MustLeaveNoDoubt(string queryString, string? contentType, bool expected) =>
        GraphqlRequest.IsQuery(queryString, contentType, """{"query":"{a}","variables":{"b":[1,{"query":"mutation{c}"}]},"operationName":null,"extensions":{"t":{}}}"""u8).ShouldBe(expected);

    [Theory]
    [InlineData("?query={a}", true)]
    [InlineData("?query=query+A%7Ba%7D&operationName=A&variables=%7B%7D", true)]
    [InlineData("query=%7Ba%7D&extensions=%7B%7D", true)]
    [InlineData("?query=mutation{a}", false)]
    [InlineData("?query=m%75tation{a}", false)]
    [InlineData("?query={a}&query=mutation{b}", false)]
    [InlineData("?query={a}&Query=mutation{b}", false)]
    [InlineData("?query={a};query=mutation{b}", false)]
    [InlineData("?query={a}&%71uery=mutation{b}", false)]
    [InlineData("?query={a}&id=abc", false)]
    [InlineData("?query={a}&operationName=", false)]
    [InlineData("?query={a}&extensions=%7B%22persistedQuery%22:%7B%7D%7D", false)]
    [InlineData("?query={a%}", false)]
    [InlineData("?query={a}&flag", false)]
    [InlineData("?query=%FF{a}", false)]
    [InlineData("?id=abc", false)]
    [InlineData("", false)]
    public void IsQuery_Get_OnlyWithOneQuery(string queryString, bool expected) => GraphqlRequest.IsQuery(queryString).ShouldBe(expected);

    [Fact]
    public void IsQuery_DeepNesting_IsRefusedAndNotFollowed()
    {
        OfBody(string.Concat(Enumerable.Repeat("{a", 20_000)) + new string('}', 20_000)).ShouldBeFalse();
        OfBody($"{{a(x: {new string('[', 20_000)}{new string(']', 20_000)})}}").ShouldBeFalse();
        OfBody($"query($x: {new string('[', 20_000)}T{new string(']', 20_000)}){{a}}").ShouldBeFalse();
    }

    private static bool OfBody(string document, string? operation = null) =>
        GraphqlRequest.IsQuery("", Json, JsonSerializer.SerializeToUtf8Bytes(new { query = document, operationName = operation }));
}

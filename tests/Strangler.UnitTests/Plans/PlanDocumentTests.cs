using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class PlanDocumentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameState()
    {
        var state = State();

        var read = PlanDocument.Read(PlanDocument.Write(state));

        read.Plan.ShouldBe(7);
        read.Rules.ShouldBe(state.Rules);
        read.Capabilities.ShouldBe(state.Capabilities);
        read.LastChanges.ShouldBe(state.LastChanges);
        read.Tokens.ShouldBe(state.Tokens);
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        var document = PlanDocument.Write(State());

        for (var i = 0; i < document.Length - 1; i += 7)
        {
            var changed = string.Concat(document.AsSpan(0, i), document[i] == 'x' ? "y" : "x", document.AsSpan(i + 1));
            Should.Throw<FormatException>(() => PlanDocument.Read(changed), $"character {i}");
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"plan\":2")]
    [InlineData("{\"plan\":2}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":null,\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":{\"catalog\":null},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":{\"catalog\":{\"stage\":\"canary\",\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":{\"catalog\":{\"stage\":77,\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":{\"catalog\":{\"stage\":\"shadow\",\"share\":101,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"rules\":[],\"tokens\":[],\"capabilities\":{\"catalog\":{\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    public void Read_RightChecksumOfNonsense_IsRefused(string body)
    {
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

        Should.Throw<FormatException>(() => PlanDocument.Read($"sha256:{checksum}\n{body}\n")).Message.ShouldNotContain("checksum");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("sha256:")]
    [InlineData("sha256:12\n{}\n")]
    public void Read_NoDocument_SaysSo(string text) => Should.Throw<FormatException>(() => PlanDocument.Read(text)).Message.ShouldContain("checksum");

    private static ControlState State()
    {
        var moved = new CapabilityState(Stage.ReadCanary, 12.5, Killed: true)
        {
            Held = true,
            Include = new UnitSet(["user-36", "Jürgen"], ["staff"]),
        };
        return (ControlState.First([new RulesFile("rules.yaml", "apiVersion: strangler/v1\n# ümlauts \u2028\n")]) with
        {
            Plan = 7,
            Tokens = [new TokenRecord("ops", Role.Operator, new string('a', 64), Now, Now.AddDays(1))],
        }).With("catalog", moved, new LastChange(Now, "operator", "a reason with ümlauts", "promote"));
    }
}

extern alias ServiceDefaults;

using System.Net.Sockets;
using Npgsql;
using ServiceDefaults::ServiceDefaults.Database;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class DatabaseFailuresTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.InvalidPassword, true)]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, true)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    [InlineData(PostgresErrorCodes.SyntaxError, false)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    public void IsUnavailable_StateOfTheServer_OnlyWhatPasses(string sqlState, bool expected) =>
        DatabaseFailures.IsUnavailable(new PostgresException("x", "ERROR", "ERROR", sqlState)).ShouldBe(expected);

    [Fact]
    public void IsUnavailable_ConnectionRefused_True() =>
        DatabaseFailures.IsUnavailable(new NpgsqlException("x", new SocketException())).ShouldBeTrue();

    [Fact]
    public void IsUnavailable_OurOwnBug_False() =>
        DatabaseFailures.IsUnavailable(new InvalidOperationException()).ShouldBeFalse();
}

namespace Modular.Tests.Harness;

/// <summary>The PostgreSQL server of this test run.</summary>
public static class TestServer
{
    public static Task<string> ConnectionAsync() => Task.FromResult(
        Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") ?? throw new InvalidOperationException("Set MODULAR_TEST_CONNECTION."));
}

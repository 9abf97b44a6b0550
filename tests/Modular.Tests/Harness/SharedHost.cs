using Modular.Tests.Harness;

[assembly: AssemblyFixture(typeof(SharedHost))]

namespace Modular.Tests.Harness;

/// <summary>
/// One host for all tests that only add rows of their own. A test that changes what others rely on (modules, roles, the clock)
/// starts its own <see cref="TestHost"/>.
/// </summary>
public sealed class SharedHost : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await TestServer.StopAsync();
    }
}

using Modular.Newmodule.Tests;
using Modular.Testing;

[assembly: AssemblyFixture(typeof(Office))]

namespace Modular.Newmodule.Tests;

/// <summary>One practice for all tests that only add rows of their own.</summary>
public sealed class Office : IAsyncLifetime
{
    public TestPractice Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Practice = await TestPractice.StartAsync();

    public ValueTask DisposeAsync() => Practice.DisposeAsync();
}

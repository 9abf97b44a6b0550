using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>The EF models say what the SQL migrations made; nothing maps a column that is not there, and nothing leaves out one that must be given.</summary>
public sealed class ModelTests(SharedHost shared)
{
    [Fact]
    public async Task Every_mapped_column_exists_with_its_type_and_nullability()
    {
        await using var scope = shared.Host.Scope(shared.Host.North);

        var wrong = await ModelCheck.FaultsAsync(scope.ServiceProvider, shared.Host.North.Database, shared.Host.Services.GetRequiredService<InstalledModules>().WithCore);

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}

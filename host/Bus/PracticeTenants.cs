using JasperFx.Descriptors;
using JasperFx.MultiTenancy;
using Modular.Host.Practices;
using Npgsql;
using Wolverine.Persistence.Durability;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace Modular.Host.Bus;

/// <summary>
/// Practices as Wolverine's tenants: found when they are used and never listed. What it is told of it would look at when it starts and,
/// with one statement for each queue and practice, when it stops.
/// </summary>
public sealed class PracticeTenants : ITenantedMessageSource, ITenantedSource<NpgsqlDataSource>
{
    private PracticeRegistry? practices;
    private ITenantedMessageSource? stores;

    public DatabaseCardinality Cardinality => DatabaseCardinality.DynamicMultiple;

    /// <summary>The package's store of stores, with this as the list of them in place of its own, which fills with use.</summary>
    public MultiTenantedMessageStore Around(MultiTenantedMessageStore package, IServiceProvider services)
    {
        (practices, stores) = (services.GetRequiredService<PracticeRegistry>(), package.Source);
        return new(package.Main, services.GetRequiredService<IWolverineRuntime>(), this);
    }

    public async Task<IMessageDatabase> FindAsync(Practice practice) => (IMessageDatabase)await stores!.FindAsync(practice.Id.ToString());

    ValueTask<IMessageStore> ITenantedSource<IMessageStore>.FindAsync(string tenantId) => stores!.FindAsync(tenantId);

    ValueTask<NpgsqlDataSource> ITenantedSource<NpgsqlDataSource>.FindAsync(string tenantId) =>
        practices?.Find(Guid.Parse(tenantId)) is { } practice ? new(practice.Database) : throw new InvalidOperationException($"There is no practice {tenantId}.");

    public Task RefreshAsync() => Task.CompletedTask;

    public Task RefreshLiteAsync() => Task.CompletedTask;

    IReadOnlyList<IMessageStore> ITenantedSource<IMessageStore>.AllActive() => [];

    IReadOnlyList<Assignment<IMessageStore>> ITenantedSource<IMessageStore>.AllActiveByTenant() => [];

    IReadOnlyList<NpgsqlDataSource> ITenantedSource<NpgsqlDataSource>.AllActive() => [];

    IReadOnlyList<Assignment<NpgsqlDataSource>> ITenantedSource<NpgsqlDataSource>.AllActiveByTenant() => [];
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing;
using Modular.Host.Practices;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>The module's context on a practice of the running host, for tests that look at rows and ask the module's rules.</summary>
public sealed class BillingRows : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly TestHost host;

    public BillingRows(TestHost host)
    {
        this.host = host;
        scope = host.Scope(host.North);
        var work = scope.ServiceProvider.GetRequiredService<IWork>();
        var options = new DbContextOptionsBuilder<BillingDb>().UseNpgsql(work.Connection).Options;
        Db = new(new ModuleDbContext<BillingDb>(options, DataScope.Everything, work, "billing"));
    }

    public BillingDb Db { get; }

    public IServiceProvider Services => scope.ServiceProvider;

    public Practice North => host.North;

    /// <summary>Tells of a payer as the patients module does.</summary>
    public async Task<Guid> AddPayerAsync(string name, string? filingCode = "CI")
    {
        var id = Guid.CreateVersion7();
        await host.PublishAsync(North, new PayerChanged(id, 1, name, null, null, null, null, null, null, filingCode, true));
        await North.UntilAsync($"select count(*) from billing.payers where id = '{id}'", 1L);
        return id;
    }

    /// <summary>An entity in whose name claims go out. The practice has a main one by itself; this is another.</summary>
    public async Task<Guid> AddEntityAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await North.AskAsync<Guid>($"insert into billing.entities (id, version, name, main, fiscal_month, active) values ('{id}', 1, '{name}', false, 1, true) returning id");
        return id;
    }

    public async Task<Guid> AddProviderAsync(string name, string? npi = null)
    {
        var id = Guid.CreateVersion7();
        await North.AskAsync<Guid>($"insert into billing.providers (id, version, name, npi, active) values ('{id}', 1, '{name}', {(npi is null ? "null" : $"'{npi}'")}, true) returning id");
        return id;
    }

    public async Task<T> SaveAsync<T>(T row) where T : class
    {
        Db.Add(row);
        await Db.SaveChangesAsync();
        Db.ChangeTracker.Clear();
        return row;
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

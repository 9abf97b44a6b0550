using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Docs;

/// <summary>
/// A host without modules, in which the sample's declarations count as the host's own; the SQL of the pages ran in its practice north,
/// the page on migrations first because the others stand on its tables.
/// </summary>
public sealed class SampleHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("no-modules").FullName;

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(builder => builder.Services.AddScoped(Open).AddScoped<ReferralCounts>(), options: o => o with { ModulesDirectory = folder });
        new ReferralsModule().Configure(Host.Services.GetRequiredService<InstalledModules>().Core.Builder!);
        await using var connection = await Host.North.Database.OpenConnectionAsync();
        await RunAsync(connection, "create schema referrals; set search_path to referrals, public");
        foreach (var block in Markdown.SdkPages.OrderBy(f => Path.GetFileName(f) != "migrations.md").SelectMany(Markdown.Blocks).Where(b => b.Language == "sql"))
        {
            await RunAsync(connection, block.Text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(folder);
    }

    private static ReferralsDb Open(IServiceProvider scope)
    {
        var work = scope.GetRequiredService<Work>();
        var options = new DbContextOptionsBuilder<ReferralsDb>().UseNpgsql(work.Connection).Options;
        return new(new(options, scope.GetRequiredService<DataScope>(), work, "referrals"));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

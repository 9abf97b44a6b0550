using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Indicators;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Queues;
using Npgsql;

namespace Modular.Tests.Indicators;

/// <summary>Chores of the plugin, counted as the bus would have them counted.</summary>
internal sealed class CountedChores(TestHost host)
{
    public const string Source = "panels.chore-count";
    public const string Due = "panels.chores-due";
    public const string Done = "panels.chores-done";

    /// <summary>The first of June 2026, from which chores are due so many days later.</summary>
    public static readonly DateOnly First = new(2026, 6, 1);

    public ChoreRows Chores { get; } = new(host);

    public async Task ClearAsync()
    {
        await Chores.ClearAsync();
        await RunAsync(
            "delete from core.indicator_values; delete from core.indicator_due; delete from core.indicator_targets; delete from core.dashboards");
    }

    public async Task CountAsync(DateOnly from, DateOnly to, Guid? location = null)
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("core"));
        await scope.ServiceProvider.GetRequiredService<IndicatorCounter>().CountAsync(Source, location ?? TestHost.NorthMain, from, to, default);
    }

    public Task<decimal> ValueAsync(string indicator, string grain = "day", string where = "true") => host.North.AskAsync<decimal>(
        $"select coalesce(sum(value), -1) from core.indicator_values where indicator = '{indicator}' and grain = '{grain}' and {where}");

    public async Task RunAsync(string sql, params object[] values)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}

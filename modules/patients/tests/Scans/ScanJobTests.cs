using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Files;
using Modular.Host.Start;
using Modular.Patients.Scans;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>Looking for scans costs a practice without a scanner nothing.</summary>
public sealed class ScanJobTests : IDisposable
{
    private const string Planned = "select count(*) from bus.jobs where id = 'patients.scan-folders' and next_run is not null";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("modular-scan-job-");
    private readonly ManualClock clock = new(new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Scans_are_looked_for_where_a_folder_was_made_as_long_as_it_is_there_and_nowhere_else()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(clock), options: o => o with { DataDirectory = data.FullName });
        Assert.Equal(0L, await host.North.AskAsync<long>(Planned));

        var scans = Directory.CreateDirectory(Folders.PathOf(host.Services.GetRequiredService<StartOptions>(), host.North, ScanFolder.Root));
        clock.Advance(TimeSpan.FromSeconds(5));
        await host.North.UntilAsync(Planned, 1L);
        clock.Advance(TimeSpan.FromMinutes(1));
        await host.North.UntilAsync("select coalesce(last_result, '') from bus.jobs where id = 'patients.scan-folders'", "Done");
        Assert.Equal(1L, await host.North.AskAsync<long>(Planned));

        scans.Delete(recursive: true);
        clock.Advance(TimeSpan.FromMinutes(1));
        await host.North.UntilAsync(Planned, 0L);

        scans.Create();
        clock.Advance(TimeSpan.FromMinutes(11));
        await host.North.UntilAsync(Planned, 1L);
        Assert.Equal(0L, await host.South.AskAsync<long>("select count(*) from bus.jobs where id = 'patients.scan-folders'"));
    }

    public void Dispose() => data.Delete(recursive: true);
}

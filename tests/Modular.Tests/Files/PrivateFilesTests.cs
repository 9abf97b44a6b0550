using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Disk;
using Modular.Host.Files;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Cli;
using Modular.Tests.Harness;

namespace Modular.Tests.Files;

/// <summary>What holds something of a practice is for the host's own user alone: written so, and made so where it was not.</summary>
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode OpenFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenFolder = OpenFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private readonly string data = Directory.CreateTempSubdirectory("modular-private-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_used_host_leaves_nothing_in_its_data_folder_that_others_may_read()
    {
        // As an earlier release, or somebody who copied it there, left it.
        Make("audit/old.heads");
        Make("practices/north/scans/main-000101/taking/one.pdf");
        File.SetUnixFileMode(data, OpenFolder);
        await using var host = await TestHost.StartAsync(options: o => o with { DataDirectory = data });
        await host.Services.GetRequiredService<AuditSealer>().SealAsync(host.North, default);
        await using (var scope = host.Scope(host.North))
        {
            // What a practice has for its scanners, and a note in the log to be sealed.
            scope.ServiceProvider.GetRequiredService<IAccessLog>().Viewed(Guid.CreateVersion7(), "chart");
            await scope.ServiceProvider.GetRequiredService<Host.Data.Work>().FlushAsync();
        }

        await host.Services.GetRequiredService<AuditSealer>().SealAsync(host.North, default);
        await PracticeExport.WriteAsync(host.North, Directory.CreateDirectory(Path.Combine(data, "export"), OpenFolder).FullName, default);
        await Backup.DumpAsync(host.Services.GetRequiredService<DatabaseServer>().ConnectionString(host.North.Row.DatabaseName), Path.Combine(data, "north.backup"), default);

        CommandLineTests.AssertClosed(data);
        Assert.True(Directory.GetFiles(Path.Combine(data, "export")).Length > 20);
        Assert.Contains("master.key", Directory.GetFiles(data).Select(Path.GetFileName));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(data, "audit"), $"{host.North.Id}*"));
    }

    [Fact]
    public void A_folder_that_an_administrator_opened_to_a_group_for_a_scanner_stays_open_to_it_and_links_are_left_alone()
    {
        Make("practices/north/scans/main-000101/one.pdf");
        var (folder, outside) = (Path.Combine(data, "practices/north/scans/main-000101"), Path.Combine(Path.GetTempPath(), $"modular-{Guid.NewGuid():N}"));
        File.SetUnixFileMode(folder, OpenFolder | UnixFileMode.GroupWrite | UnixFileMode.SetGroup);
        File.WriteAllText(outside, "of somebody else");
        File.SetUnixFileMode(outside, OpenFile);
        File.CreateSymbolicLink(Path.Combine(data, "link"), outside);

        Assert.Equal([], PrivateFiles.Close(data, passed: false));

        Assert.Equal(PrivateFiles.Folder | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.SetGroup, File.GetUnixFileMode(folder));
        Assert.Equal(PrivateFiles.File | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(folder, "one.pdf")));
        Assert.Equal(OpenFile, File.GetUnixFileMode(outside));
        File.Delete(outside);
    }

    [Fact]
    public void PostgreSQLs_user_passes_through_the_data_folder_and_sees_nothing_there()
    {
        File.SetUnixFileMode(data, OpenFolder);
        Make("postgres/pgdata/PG_VERSION");

        PrivateFiles.Close(data, passed: true);

        Assert.Equal(PrivateFiles.Folder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(data));
        Assert.Equal(OpenFile, File.GetUnixFileMode(Path.Combine(data, "postgres/pgdata/PG_VERSION")));
    }

    private void Make(string path)
    {
        var file = Path.Combine(data, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, OpenFolder);
        File.WriteAllText(file, "words");
        File.SetUnixFileMode(file, OpenFile);
    }
}

using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Files;

/// <summary>A disk of 24 MB of its own (a tmpfs, which only root can mount) runs full under the data folder.</summary>
public sealed class DiskSpaceTests
{
    private const long Least = 8 * 1024 * 1024;

    [Fact]
    public async Task A_disk_that_runs_full_turns_the_host_red_and_refuses_uploads_with_a_sentence_until_there_is_room()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root mounts a disk.");
        var disk = Directory.CreateTempSubdirectory("modular-disk-").FullName;
        await MountAsync(disk);
        try
        {
            await using var host = await TestHost.StartAsync(options: o => o with { DataDirectory = disk, LeastFree = Least });
            using var probe = new HttpClient { BaseAddress = host.Address };
            using var manager = await host.SignInAsync(host.North, Roles.Manager);
            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/ready")).StatusCode);

            await File.WriteAllBytesAsync(Path.Combine(disk, "filler"), new byte[18 * 1024 * 1024]);

            using var ready = await probe.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Matches(@"The disk of the data folder \(.*\) has [56] MB left\.", await ready.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);
            Assert.Contains("modular_disk_full 1", await probe.GetStringAsync("/metrics"), StringComparison.Ordinal);
            Assert.Matches("has [56] MB left", (await manager.PageAsync("/admin/jobs")).Body!.TextContent);
            var refused = await Assert.ThrowsAsync<FileRefusedException>(() => SaveAsync(host, person: true));
            Assert.Equal("note.txt was not stored: the disk of the server is full. Please call whoever runs your system, and send it again then.", refused.Message);
            await Assert.ThrowsAsync<IOException>(() => SaveAsync(host, person: false));
            Assert.Equal(0L, await host.North.AskAsync<long>("select (select count(*) from core.files) + (select count(*) from core.file_chunks)"));

            File.Delete(Path.Combine(disk, "filler"));

            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/ready")).StatusCode);
            await SaveAsync(host, person: true);
            Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from core.files"));
        }
        finally
        {
            await RunAsync("umount", disk);
            Directory.Delete(disk);
        }
    }

    private static async Task SaveAsync(TestHost host, bool person)
    {
        await using var scope = host.Services.OpenScope(host.North, person ? new() { Name = "Somebody", PersonId = Guid.CreateVersion7() } : Actor.System("test"));
        await scope.ServiceProvider.GetRequiredService<IFiles>().SaveAsync(new MemoryStream(Encoding.UTF8.GetBytes("words")), "note.txt", new("core.practice.manage"), default);
    }

    private static Task MountAsync(string folder) => RunAsync("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipUnless(process.ExitCode == 0, $"{program}: {said}");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Patients.Scans;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>The folder of the scanner: nothing lost, nothing twice, whoever looks and whatever dies.</summary>
public sealed class ScanFolderTests(SharedHost shared) : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("modular-scans-");
    private readonly TestClock clock = new();

    private FolderWatch Process(Practice? practice = null) => new(shared.Host, practice ?? shared.Host.North, root, clock);

    private async Task<int> CountAsync(string name)
    {
        await using var rows = new PatientRows(shared.Host);
        return await rows.Db.ScanFiles.CountAsync(f => f.Name == name);
    }

    private static string Drop(FolderWatch watch, byte[]? content = null, string? name = null)
    {
        watch.Folder.Make();
        name ??= $"{PatientRows.Tag()}.pdf";
        File.WriteAllBytes(Path.Combine(watch.Folder.Path, name), content ?? Papers.Pdf(name));
        return name;
    }

    [Fact]
    public async Task A_file_is_taken_at_the_second_look_and_gone_from_the_folder()
    {
        await using var watch = Process();
        var name = Drop(watch);

        await watch.LookAsync();
        Assert.Equal(0, await CountAsync(name));
        clock.Move(TimeSpan.FromSeconds(30));
        await watch.LookAsync();

        Assert.Equal(1, await CountAsync(name));
        Assert.Empty(Directory.GetFiles(root.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_still_grows_waits()
    {
        await using var watch = Process();
        var name = Drop(watch, Papers.Pdf("Ada", "Bea")[..500]);
        await watch.LookAsync();
        clock.Move(TimeSpan.FromSeconds(30));
        Drop(watch, Papers.Pdf("Ada", "Bea", name), name);
        await watch.LookAsync();
        Assert.Equal(0, await CountAsync(name));

        clock.Move(TimeSpan.FromSeconds(30));
        await watch.LookAsync();
        Assert.Equal(1, await CountAsync(name));
    }

    [Fact]
    public async Task Two_processes_that_look_at_once_take_each_file_once()
    {
        await using var first = Process();
        await using var second = Process();
        var names = Enumerable.Range(0, 6).Select(_ => Drop(first)).ToList();
        await first.LookAsync();
        clock.Move(TimeSpan.FromSeconds(30));

        await Task.WhenAll(first.LookAsync(), second.LookAsync());
        await Task.WhenAll(first.LookAsync(), second.LookAsync());

        foreach (var name in names)
        {
            Assert.Equal(1, await CountAsync(name));
        }

        Assert.Empty(Directory.GetFiles(root.FullName, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(false)] // it died before the database had it
    [InlineData(true)]  // it died before the file was deleted
    public async Task A_process_that_dies_in_between_loses_and_doubles_nothing(bool stored)
    {
        await using var watch = Process();
        var name = Drop(watch);
        watch.Folder.Take(name);
        if (stored)
        {
            await watch.Intake.TakeAsync(TestHost.NorthMain, name, await Assert.Single(watch.Folder.Taken()).ReadAsync(default), ScanFile.Folder, null, default);
        }

        await using var next = Process();
        await next.LookAsync();

        Assert.Equal(1, await CountAsync(name));
        Assert.Empty(Directory.GetFiles(root.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_cannot_be_read_lies_in_refused_and_the_inbox_says_why_until_somebody_saw_it()
    {
        await using var watch = Process();
        var name = Drop(watch, [.. "PK\u0003\u0004"u8, 1, 2, 3]);
        File.CreateSymbolicLink(Path.Combine(watch.Folder.Path, $"link-{name}"), "/etc/hostname");
        await watch.LookAsync();
        clock.Move(TimeSpan.FromHours(2));
        await watch.LookAsync();

        Assert.Equal([name, $"link-{name}"], Directory.GetFiles(Path.Combine(watch.Folder.Path, "refused")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).OrderBy(f => f.Length));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk, [TestHost.NorthMain]);
        var said = (await desk.PageAsync("/patients/scans")).QuerySelector(".note")!.TextContent;
        Assert.Contains($"{name} is not a PDF, TIFF, JPEG or PNG", said);
        Assert.Contains($"link-{name} is a link", said);
        await using var rows = new PatientRows(shared.Host);
        foreach (var id in await rows.Db.ScanRefusals.Where(r => r.Name.EndsWith(name)).Select(r => r.Id).ToListAsync())
        {
            await desk.SubmitAsync(await desk.PageAsync("/patients/scans"), $"form[action='/patients/scans/dismiss/{id}']");
        }

        Assert.DoesNotContain(name, (await desk.PageAsync("/patients/scans")).QuerySelector("#scans")!.TextContent);
    }

    [Fact]
    public async Task A_document_that_waited_too_long_is_a_task_until_it_is_filed()
    {
        // Five hours later notes whatever waits in the practice: no other test has anything waiting in this one.
        await using var rows = new PatientRows(shared.Host, shared.Host.South);
        using var desk = await shared.Host.SignInAsync(shared.Host.South, Roles.FrontDesk);
        var fax = await desk.WaitingAsync(rows, "Ada");
        var task = $"select count(*) from core.tasks where entity_id = '{fax.Id}'";
        await shared.Host.South.UntilAsync(task, 0L);

        // Told when it came, for the moment when it will have waited too long.
        Assert.True(await shared.Host.South.AskAsync<bool>($"""
            select exists (select from bus.wolverine_incoming_envelopes i join patients.scans s on i.execution_time = s.due_by + interval '1 second'
                where i.status = 'Scheduled' and i.message_type = 'patients.note-overdue-scans.v1' and s.id = '{fax.Id}')
            """));
        clock.Move(TimeSpan.FromHours(5));
        await new NoteOverdueScansHandler(rows.Db, clock).HandleAsync(new(), default);

        Assert.True((await rows.Db.Scans.AsNoTracking().SingleAsync(s => s.Id == fax.Id)).Overdue);
        Assert.Contains("alert", (await desk.PageAsync($"/patients/scans?scan={fax.Id}")).QuerySelector(".scan-list [aria-current]")!.InnerHtml);
    }

    [Fact]
    public async Task Files_go_thirty_days_after_the_last_of_their_pages_was_filed_or_discarded()
    {
        // The sweep takes whatever the practice has closed: no other test files scans in this one.
        await using var rows = new PatientRows(shared.Host, shared.Host.South);
        using var desk = await shared.Host.SignInAsync(shared.Host.South, Roles.FrontDesk);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var (filed, half) = (await desk.WaitingAsync(rows, "Ada"), await desk.WaitingAsync(rows, "Ada", "Bea"));
        await desk.ArrangeAsync(half.Id, "split", 1);
        await desk.FileAsync(await desk.InboxAsync(filed.Id), patient.Id);
        await desk.FileAsync(await desk.InboxAsync(half.Id), patient.Id);

        await DropAsync(TimeSpan.FromDays(29));
        Assert.True(await rows.Db.ScanFiles.AnyAsync(f => f.Id == filed.ScanFileId));
        await DropAsync(TimeSpan.FromDays(2));

        Assert.False(await rows.Db.ScanFiles.AnyAsync(f => f.Id == filed.ScanFileId));
        Assert.True(await rows.Db.ScanFiles.AnyAsync(f => f.Id == half.ScanFileId)); // its second page waits
        Assert.Equal(2, await rows.Db.Documents.CountAsync(d => d.PatientId == patient.Id));
    }

    private async Task DropAsync(TimeSpan later)
    {
        clock.Move(later);
        await using var rows = new PatientRows(shared.Host, shared.Host.South);
        await new DropOldScansHandler(rows.Db, (IFiles)rows.Services.GetService(typeof(IFiles))!, rows.Services.GetRequiredService<IMessageBus>(), clock).HandleAsync(new(), default);
    }

    public void Dispose() => root.Delete(recursive: true);
}

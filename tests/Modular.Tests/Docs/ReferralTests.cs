using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>The sample of the pages does what they say, on the tables that their SQL made.</summary>
public sealed class ReferralTests(SampleHost sample) : IClassFixture<SampleHost>
{
    private TestHost Host => sample.Host;

    // snippet: rule-test
    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void A_report_is_late_the_day_after_the_practices_days_are_over(int daysAgo, bool late)
    {
        var today = new DateOnly(2026, 6, 10);
        var referral = new Referral { PatientName = "Vale, Ada", SentTo = "Harbor Cardiology", SentOn = today.AddDays(-daysAgo) };

        Assert.Equal(late, referral.IsLate(today, days: 30));
    }
    // end

    [Theory]
    [InlineData("es", "Acuda a Harbor Cardiology antes del lunes 23 de noviembre de 2026.")]
    [InlineData("en", "Please see Harbor Cardiology by Monday, November 23, 2026.")]
    [InlineData(null, "Please see Harbor Cardiology by Monday, November 23, 2026.")]
    public void The_slip_is_in_the_patients_language(string? language, string text) =>
        Assert.Equal(text, ReferralTexts.Slip(language, "Harbor Cardiology", new(2026, 11, 23)));

    [Theory]
    [InlineData("en", "Vale, Ada, please see Harbor & Sons by Wednesday, June 24, 2026.Please bring:X-rays")]
    [InlineData("es", "Vale, Ada, acuda a Harbor & Sons antes del miércoles 24 de junio de 2026.Lleve lo siguiente:X-rays")]
    public async Task The_letter_of_the_pages_is_written_and_its_text_is_the_one_they_show(string language, string words)
    {
        await using var scope = Host.Scope(Host.North);
        var referral = new Referral { PatientName = "Vale, Ada", SentTo = "Harbor & Sons", SentOn = new(2026, 6, 10) };
        var letter = await scope.ServiceProvider.GetRequiredService<ILetters>()
            .WriteAsync(ReferralSlip.Kind, ReferralSlips.Of(referral, "North") with { Language = language }, default);

        var page = await TestClient.ParseAsync($"<article>{letter.Html}</article>");
        Assert.Null(letter.Fault);
        Assert.Equal(words, string.Concat(page.QuerySelectorAll("article > p:not(.muted), li").Select(e => e.TextContent)));
        var shown = Markdown.SdkPages.SelectMany(Markdown.Blocks).Where(b => b.Language == "liquid").Select(b => b.Text.Trim());
        Assert.Contains(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Modular.Tests", "Docs", "Letters", "slip.en.liquid")).Trim(), shown);
    }

    [Fact]
    public async Task A_sample_takes_its_steps_with_their_history_and_goes_back_to_the_first()
    {
        var nurse = new Actor { Name = "Nora", PersonId = Guid.CreateVersion7(), Permissions = new HashSet<string> { "referrals.referral.send" } };
        var (id, now) = (Guid.Empty, new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero));
        await WithAsync(async db =>
        {
            var sample = new LabSample { Patient = "Vale, Ada" };
            db.Add(sample);
            await db.SaveChangesAsync();
            id = sample.Id;
            Assert.Contains("“send”", (await SampleSteps.All.TakeAsync(db, Actor.Nobody, sample, 1, SampleSteps.Send, s => s.Send("Lab", now, "x"), default)).Refusal!, StringComparison.Ordinal);
        });
        await StepAsync(id, 1, SampleSteps.Send, s => s.Send("Harbor Lab", now, "Nora"));
        await StepAsync(id, 2, SampleSteps.Receive, s => s.Receive(null, now, "Nora"));

        Assert.Equal("lost", await Host.North.AskAsync<string>($"select state from referrals.lab_samples where id = '{id}'"));
        await StepAsync(id, 3, null, s => SampleSteps.All.TakeBack(s, now, "Nora"));
        await StepAsync(id, 4, null, s => SampleSteps.All.TakeBack(s, now, "Nora"));
        Assert.Equal("taken", await Host.North.AskAsync<string>($"select state from referrals.lab_samples where id = '{id}' and lab is null and version = 5"));
        Assert.Equal("taken-sent, sent-lost, lost-sent, sent-taken", await Host.North.AskAsync<string>(
            $"select string_agg(from_state || '-' || to_state, ', ' order by row_version) from referrals.lab_sample_steps where row_id = '{id}' and by = 'Nora'"));
        await WithAsync(async db =>
        {
            var late = await SampleSteps.All.TakeAsync(db, nurse, await db.LabSamples.SingleAsync(s => s.Id == id), 3, SampleSteps.Send, s => s.Send("Lab", now, "x"), default);
            Assert.Equal((true, "Somebody changed this sample meanwhile: the sample of Vale, Ada is “taken” now. Nothing of yours was saved; close this and look again."), (late.Outdated, late.Refusal));
        });

        async Task WithAsync(Func<ReferralsDb, Task> does)
        {
            await using var scope = Host.Scope(Host.North);
            await does(scope.ServiceProvider.GetRequiredService<ReferralsDb>());
        }

        Task StepAsync(Guid sample, int version, Step<LabSample, SampleState>? step, Func<LabSample, string?> take) => WithAsync(async db =>
        {
            var row = await db.LabSamples.Include(s => s.History).SingleAsync(s => s.Id == sample);
            Assert.Equal(new StepResult(), await SampleSteps.All.TakeAsync(db, nurse, row, version, step, take, default));
        });
    }

    [Fact]
    public void The_label_of_the_pages_is_printed()
    {
        var label = ReferralLabel.Of(new() { PatientName = "Vale, Ada", SentTo = "Harbor Cardiology", SentOn = new(2026, 6, 10) });

        var pdf = Host.Services.GetRequiredService<ILabels>().Pdf("Referral label", LabelSheet.Roll60By30, [label]);

        Assert.Equal("Vale,AdaHarborCardiology", PdfText.Squeeze(Assert.Single(PdfText.Pages(pdf)).Text));
        Assert.NotEmpty(PdfText.Bars(pdf)[0]);
    }

    // snippet: slice-test
    [Fact]
    public async Task The_settings_are_refused_to_the_front_desk_and_open_to_the_manager()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);

        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/admin/settings")).StatusCode);
        Assert.Contains("Practice", (await manager.PageAsync("/admin/settings")).QuerySelector("main")!.TextContent);
    }
    // end

    // snippet: scope-test
    [Fact]
    public async Task Somebody_of_Lakeside_sees_no_referral_of_Main_Street()
    {
        var here = await AddAsync(TestHost.NorthMain);
        await using var scope = Host.Person(Host.North, Guid.CreateVersion7(), ["referrals.referral.read"], [TestHost.NorthLake]);

        Assert.False(await scope.ServiceProvider.GetRequiredService<ReferralsDb>().Referrals.AnyAsync(r => r.Id == here.Id));
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<ReferralCounts>().ByStatusAsync(default));
    }
    // end

    [Fact]
    public async Task Every_column_that_the_sample_maps_is_in_the_tables_of_the_pages()
    {
        await using var scope = Host.Scope(Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var columns = await db.Database.SqlQuery<string>($"""
            select table_name || '.' || column_name as "Value" from information_schema.columns where table_schema = 'referrals'
            """).ToListAsync();

        var mapped = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p => $"{e.GetTableName()}.{p.GetColumnName()}")).ToList();
        Assert.Contains("referrals.needed_by", mapped);
        Assert.Empty(mapped.Except(columns));
    }

    [Fact]
    public void The_bus_and_the_clock_accept_what_the_sample_declares()
    {
        var handlers = Handlers();
        var declared = Host.Services.GetRequiredService<InstalledModules>().Core.Declared;

        Assert.Equal(3, handlers.Count(h => h.Sequential || h.External));
        Assert.Contains(handlers, h => h.Queue == "referrals.close-referral");
        Assert.True(JobTimes.IsValid(declared.Jobs.Single(j => j.Id == "referrals.overdue").Cron));
    }

    [Fact]
    public async Task A_patient_message_that_is_late_changes_nothing()
    {
        var patient = new PatientChanged(Guid.CreateVersion7(), 2, "1001", "Ada", "Vale", null, new(1948, 1, 5), "F", null, null, false, true);
        await using var scope = Host.Scope(Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        await KnownPatient.Projection.TakeAsync(db, [patient]);
        await KnownPatient.Projection.TakeAsync(db, [patient with { Version = 1, LastName = "Former" }]);

        Assert.Equal("Vale, Ada", (await db.Patients.SingleAsync(p => p.Id == patient.PatientId)).Name);
    }

    [Fact]
    public async Task Nobody_waits_for_the_report_on_a_patient_who_died()
    {
        var referral = await AddAsync(TestHost.NorthMain);
        await RunAsync(new PatientChanged(referral.PatientId, 2, "1001", "Ada", "Vale", null, new(1948, 1, 5), "F", null, null, false, Active: false));

        await using var scope = Host.Scope(Host.North);
        Assert.Equal("closed", (await scope.ServiceProvider.GetRequiredService<ReferralsDb>().Referrals.SingleAsync(r => r.Id == referral.Id)).Status);
    }

    [Fact]
    public async Task A_closed_referral_is_told_of_once()
    {
        var referral = await AddAsync(TestHost.NorthMain);

        Assert.Equal("closed", Assert.IsType<ReferralChanged>(await RunAsync(new CloseReferral(referral.Id))).Status);
        Assert.Null(await RunAsync(new CloseReferral(referral.Id)));
    }

    [Fact]
    public async Task The_job_makes_a_task_and_a_mark_of_a_report_that_is_late()
    {
        var referral = await AddAsync(TestHost.NorthMain, daysAgo: 400);

        await RunAsync(new FindOverdueReports());

        await using var scope = Host.Scope(Host.North);
        var marks = await ActivatorUtilities.CreateInstance<ReferralMarks>(scope.ServiceProvider).LoadAsync("patient.marks", [referral.PatientId], default);
        Assert.Equal("Report overdue", marks[referral.PatientId].Single().Text);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{referral.Id}' and kind = 'report'"));
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.search where entity_id = '{referral.Id}'"));
    }

    [Fact]
    public async Task A_snapshot_pages_through_everything_from_the_chosen_day()
    {
        var old = await AddAsync(TestHost.NorthMain, daysAgo: 900);
        var young = await AddAsync(TestHost.NorthMain);

        await using var scope = Host.Scope(Host.North);
        var page = await ActivatorUtilities.CreateInstance<ReferralSnapshot>(scope.ServiceProvider).PageAsync(null, young.SentOn.AddDays(-800), 500, default);

        Assert.Contains(page, row => row.Key == young.Id && row.Message.Version == 1);
        Assert.DoesNotContain(page, row => row.Key == old.Id);
    }

    [Fact]
    public async Task The_import_creates_then_leaves_then_updates_and_takes_back()
    {
        Assert.Equal(ImportOutcome.Created, (await ImportAsync("Harbor Cardiology", "(555) 010-2200")).Outcome);
        Assert.Equal(ImportOutcome.Unchanged, (await ImportAsync("Harbor Cardiology", "555-010-2200")).Outcome);
        Assert.Equal(ImportOutcome.Refused, (await ImportAsync("Harbor Cardiology", "12")).Outcome);
        var updated = await ImportAsync("Harbor Heart", "555-010-2200");

        await using var scope = Host.Scope(Host.North);
        var import = ActivatorUtilities.CreateInstance<SpecialistImport>(scope.ServiceProvider);
        var row = new ImportedRow(updated.EntityId!.Value, false, updated.Version, updated.Before);
        await import.PrepareUndoAsync([row], default);
        Assert.Null(await import.UndoAsync(row, default));
        await import.SaveAsync(default);
        Assert.Equal("Harbor Cardiology", await Host.North.AskAsync<string>("select name from referrals.specialists where source_id = 'S1'"));
    }

    private async Task<ImportResult> ImportAsync(string name, string phone)
    {
        await using var scope = Host.Scope(Host.North);
        var import = ActivatorUtilities.CreateInstance<SpecialistImport>(scope.ServiceProvider);
        var row = new ImportRow(1, new Dictionary<string, string> { ["id"] = "S1", ["name"] = name, ["phone"] = phone });
        await import.PrepareAsync([row], false, default);
        var result = await import.ApplyAsync(row, false, default);
        await import.SaveAsync(default);
        return result;
    }

    private async Task<Referral> AddAsync(Guid location, int daysAgo = 3)
    {
        await using var scope = Host.Scope(Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var today = WallTime.Today(scope.ServiceProvider.GetRequiredService<TimeProvider>(), "America/New_York");
        var referral = new Referral { LocationId = location, PatientId = Guid.CreateVersion7(), PatientName = "Vale, Ada", SentTo = "Lake Orthopedics", SentOn = today.AddDays(-daysAgo) };
        db.Add(referral);
        await db.SaveChangesAsync();
        return referral;
    }

    /// <summary>Calls the one handler of the message as the bus would, and gives what it returned.</summary>
    private async Task<object?> RunAsync(object message)
    {
        await using var scope = Host.Scope(Host.North);
        var now = TimeProvider.System.GetUtcNow();
        var handler = Handlers().Single(h => h.MessageType == message.GetType());
        var envelope = new Envelope(Guid.CreateVersion7(), handler.Alias, Host.North.Id, now, Guid.CreateVersion7(), null, null, "test", 1);
        return await handler.Run(new(scope.ServiceProvider, message, envelope, now, default));
    }

    private static IReadOnlyList<Handler> Handlers() =>
        HandlerDiscovery.Find("referrals", typeof(ReferralsModule).Assembly.GetTypes().Where(t => t.Namespace == typeof(ReferralsModule).Namespace));
}

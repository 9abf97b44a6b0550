using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Acknowledgements;

/// <summary>A policy is published, asked for by role, read, signed, counted and proven.</summary>
public sealed class AcknowledgementTests(Readers readers) : IClassFixture<Readers>
{
    [Fact]
    public async Task Whoever_has_to_read_gets_a_task_signs_the_exact_text_and_is_in_the_matrix_the_file_and_the_proof()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (nurse, reader) = await readers.SomebodyAsync(Roles.Nurse);
        using var _ = reader;
        var id = await readers.PublishAsync(manager, Roles.Nurse, "Wash your hands.\nAlways.");
        var asked = await readers.AskedAsync(id, nurse);
        Assert.NotNull((await reader.PageAsync("/inbox")).QuerySelector($"a[href='/my-reading/{asked}']"));
        Assert.NotNull((await reader.PageAsync("/my-reading")).QuerySelector($"a[href='/my-reading/{asked}']"));
        var page = await reader.PageAsync($"/my-reading/{asked}");
        Assert.Contains("Wash your hands.", page.Body!.TextContent, StringComparison.Ordinal);
        using var unsure = await reader.SubmitAsync(page, "#sign");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);

        using var signed = await Readers.SignAsync(reader, asked);

        Assert.Equal(HttpStatusCode.Redirect, signed.StatusCode);
        Assert.Equal(0L, await readers.North.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{asked}'"));
        Assert.Equal("Wash your hands.\nAlways.", await readers.North.AskAsync<string>(
            $"select convert_from(s.body, 'UTF8') from core.signatures s join core.acknowledgements a on a.signature_id = s.id where a.id = '{asked}'"));
        var certificate = (await reader.PageAsync("/my-reading?show=signed")).QuerySelector("a[href^='/signatures/']")!.GetAttribute("href")!;
        Assert.Contains("are as they were when it was signed", (await reader.PageAsync(certificate)).Body!.TextContent, StringComparison.Ordinal);
        var matrix = await manager.PageAsync("/acknowledgements");
        Assert.NotNull(matrix.QuerySelector($"a[href='{certificate}']"));
        var file = await (await manager.GetAsync("/acknowledgements?format=csv")).Content.ReadAsStringAsync();
        Assert.Contains("version 1", file, StringComparison.Ordinal);
        using var pdf = await manager.GetAsync($"/acknowledgements/proof/{id}?pdf=1");
        var text = string.Concat(PdfText.Pages(await pdf.Content.ReadAsByteArrayAsync()).Select(p => p.Text)).Replace(" ", "",
            StringComparison.Ordinal);
        Assert.Contains("Proofofreading", text, StringComparison.Ordinal);
        Assert.Equal(1L, await readers.North.AskAsync<long>($"select count(*) from audit.entries where row_id = '{id}' and what = 'proof of reading'"));
    }

    [Fact]
    public async Task New_staff_and_who_gets_the_role_are_asked_by_themselves_and_who_leaves_or_loses_it_is_let_go()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var id = await readers.PublishAsync(manager, Roles.Biller, "Read twice, bill once.");

        var (late, first) = await readers.SomebodyAsync(Roles.Biller);
        var (moved, second) = await readers.SomebodyAsync(Roles.FrontDesk);
        first.Dispose();
        second.Dispose();
        await StateAsync(id, late, "waiting");
        await ChangeAsync(moved, (admin, p) => admin.ChangeAsync(p, p.Name, new([Roles.Biller]), null));
        await StateAsync(id, moved, "waiting");
        await ChangeAsync(moved, (admin, p) => admin.ChangeAsync(p, p.Name, new([Roles.FrontDesk]), null));
        await StateAsync(id, moved, "released");
        using var owner = await readers.Host.SignInAsync(readers.North, Roles.Owner);
        using var gone = await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{late}"), $"form[action$='{late}/deactivate']");
        await StateAsync(id, late, "released");
    }

    [Fact]
    public async Task A_new_version_asks_again_a_small_correction_does_not_and_nobody_signs_what_was_not_on_the_screen()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (one, early) = await readers.SomebodyAsync(Roles.Supplies);
        var (two, slow) = await readers.SomebodyAsync(Roles.Supplies);
        using var _ = early;
        using var __ = slow;
        var id = await readers.PublishAsync(manager, Roles.Supplies, "Count the gloves on Mondy.");
        using var first = await Readers.SignAsync(early, await readers.AskedAsync(id, one));
        var open = await readers.AskedAsync(id, two);
        var old = await slow.PageAsync($"/my-reading/{open}");
        using var silent = await Readers.PublishAsync(manager, id, "Count the gloves on Monday.", small: true);
        Assert.Contains("Say why nobody has to sign again", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var small = await Readers.PublishAsync(manager, id, "Count the gloves on Monday.", "A letter was missing", small: true);

        Assert.Equal(HttpStatusCode.Redirect, small.StatusCode);
        await StateAsync(id, one, "signed");
        using var stale = await Readers.SignAsync(slow, open, old);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("Version 2 was published after you opened this page", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var now = await Readers.SignAsync(slow, open);
        Assert.Equal(2, await readers.North.AskAsync<int>($"select signed_number from core.acknowledgements where id = '{open}'"));

        using var large = await Readers.PublishAsync(manager, id, "Count the gloves every day.", "Mondays were not enough");

        await StateAsync(id, one, "waiting");
        await StateAsync(id, two, "waiting");
        Assert.Equal(4L, await readers.North.AskAsync<long>(
            $"select count(*) from core.acknowledgements where document_id = '{id}' and person_id in ('{one}', '{two}')"));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            readers.North.AskAsync<Guid>($"update core.reading_versions set body = 'x' where document_id = '{id}' returning id"));
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_the_later_is_shown_that_there_is_a_newer_version()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        using var hr = await readers.Host.SignInAsync(readers.North, Roles.Hr);
        var id = await readers.PublishAsync(manager, Roles.Marketing, "Ask before you post.");
        var pages = new[] { await manager.PageAsync($"/acknowledgements/publish/{id}"), await hr.PageAsync($"/acknowledgements/publish/{id}") };

        var answers = await Task.WhenAll(
            Readers.PublishAsync(manager, id, "Ask twice.", "More asking", page: pages[0]),
            Readers.PublishAsync(hr, id, "Ask never.", "Less asking", page: pages[1]));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Conflict);
        Assert.Equal(2, await readers.North.AskAsync<int>($"select current from core.reading_documents where id = '{id}'"));
    }

    [Fact]
    public async Task What_is_late_is_overdue_in_the_matrix_and_comes_back_to_whoever_ticked_it_off()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (person, reader) = await readers.SomebodyAsync(Roles.Provider);
        using var _ = reader;
        var id = await readers.PublishAsync(manager, Roles.Provider, "Sign your notes.", days: 3);
        var asked = await readers.AskedAsync(id, person);
        var task = await readers.North.AskAsync<Guid>($"select id from core.tasks where entity_id = '{asked}'");
        using var ticked = await reader.SubmitAsync(await reader.PageAsync("/inbox"), "form#bulk", ("id", $"{task}"));
        Assert.Null((await reader.PageAsync("/inbox")).QuerySelector($"a[href='/my-reading/{asked}']"));

        readers.Clock.Move(TimeSpan.FromDays(4));
        await readers.LookAsync();

        using var again = readers.Host.Client(readers.North);
        var name = await readers.North.AskAsync<string>($"select user_name from core.people where id = '{person}'");
        await TestPeople.SignInAsync(again, name);
        Assert.StartsWith("Overdue: read and sign", (await again.PageAsync("/inbox"))
            .QuerySelector($"a[href='/my-reading/{asked}']")!.TextContent.Trim(),
            StringComparison.Ordinal);
        using var boss = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        Assert.Contains($"Test {name}", (await boss.PageAsync("/acknowledgements?show=overdue")).QuerySelector("tbody")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_withdrawn_with_a_reason_asks_nobody_and_what_was_signed_stays()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (one, reader) = await readers.SomebodyAsync(Roles.Hr);
        var (two, other) = await readers.SomebodyAsync(Roles.Hr);
        using var _ = reader;
        other.Dispose();
        var id = await readers.PublishAsync(manager, Roles.Hr, "Lock the files.");
        using var signed = await Readers.SignAsync(reader, await readers.AskedAsync(id, one));
        var page = await manager.PageAsync($"/acknowledgements/show/{id}");
        using var silent = await manager.SubmitAsync(page, $"form[action$='{id}/withdraw']");
        Assert.Contains("Say why it is withdrawn", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var done = await manager.SubmitAsync(page, $"form[action$='{id}/withdraw']", ("Why", "Locked by the building now"));

        await StateAsync(id, one, "signed");
        await StateAsync(id, two, "released");
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/acknowledgements/publish/{id}")).StatusCode);
    }

    private Task StateAsync(Guid document, Guid person, string state) => readers.North.UntilAsync(
        $"select state from core.acknowledgements where document_id = '{document}' and person_id = '{person}' order by number desc limit 1", state);

    private async Task ChangeAsync(Guid person, Func<PeopleAdmin, Person, Task> change)
    {
        await using var scope = readers.Host.Scope(readers.North);
        var row = await scope.ServiceProvider.GetRequiredService<PeopleDb>().People.FindAsync(person);
        await change(scope.ServiceProvider.GetRequiredService<PeopleAdmin>(), row!);
    }
}

using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Letters;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Patients.RecordRequests;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Prints;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Letters;

/// <summary>A practice says it in its own words: they win, for this practice and this language, until they are taken away. Each test has a letter of its own.</summary>
public sealed class OwnTextTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    private static LetterKind Card => AppointmentCard.Kind;

    private static LetterKind Note => NoteForWork.Kind;

    [Fact]
    public async Task The_practices_own_text_wins_at_home_in_its_language_until_it_is_taken_away()
    {
        var standard = await WriteAsync(Host.South, Card, "en");
        Assert.Contains("Your next visit", standard, StringComparison.Ordinal);

        var kept = await SaveAsync(Card, "<p>See you, {{ patient.name }}!</p><script>x</script>", 0);

        Assert.Equal("Letters have no <script>.", Assert.Single(kept!.Removed).Sentence);
        Assert.Equal("<p>See you, Ana Rivera!</p>", await WriteAsync(Host.South, Card, "en"));
        Assert.Contains("Su próxima cita", await WriteAsync(Host.South, Card, "es"), StringComparison.Ordinal);
        Assert.Equal(standard, await WriteAsync(Host.North, Card, "en"));
        Assert.Equal(1L, await Host.South.AskAsync<long>("select count(*) from audit.entries where log = 'change' and what = 'changed the text of scheduling.appointment-card (en)'"));

        await SaveAsync(Card, null, 1);
        Assert.Equal(standard, await WriteAsync(Host.South, Card, "en"));
        // The earlier words are still there to be looked at and taken up again.
        Assert.Equal(2L, await Host.South.AskAsync<long>("select count(*) from core.letter_texts where kind = 'scheduling.appointment-card' and language = 'en'"));
    }

    [Fact]
    public async Task The_second_of_two_who_change_a_text_is_told_and_a_wrong_text_is_not_kept()
    {
        Assert.NotNull(await SaveAsync(Note, "<p>{{ patient.name }}</p>", 0));

        Assert.Null(await SaveAsync(Note, "<p>Mine: {{ patient.name }}</p>", 0));
        Assert.Equal("Line 1, column 4: “patient.nmae” is no word of this letter.", Assert.Single((await SaveAsync(Note, "{{ patient.nmae }}", 1))!.Problems).ToString());

        Assert.Contains("</header><p>Ana Rivera</p><footer>", await WriteAsync(Host.South, Note, "en"), StringComparison.Ordinal);
        await using var scope = Host.Scope(Host.South);
        await Assert.ThrowsAsync<ArgumentException>(() => scope.ServiceProvider.GetRequiredService<LetterTexts>().SaveAsync(Note, "fr", "x", 0, default));
    }

    [Theory]
    [InlineData("<p>{{ patient.nmae }}</p>", "Line 1, column 7: “patient.nmae” is no word of this letter.")]
    [InlineData("<p>{{ patient.name }}</p><script>x</script>", "Letters have no <script>.")]
    [InlineData("<p>{% if visit.minutes == 1 %}never{% endif %}</p>", "With these values nothing stands in it.")]
    public async Task A_wrong_text_is_never_printed_nor_another_in_its_place(string text, string problem)
    {
        await KeepUncheckedAsync(Card, "es", text);

        var letter = await LetterAsync(Host.South, Card, "es");

        Assert.Equal($"The appointment card cannot be written: your practice's own text is wrong. {problem} Ask whoever looks after the texts to mend it or to take it away; then the standard text is used again.", letter.Fault);
        Assert.Contains("letter-fault", Html(letter), StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Rivera", Html(letter), StringComparison.Ordinal);
        await using var scope = Host.Scope(Host.South);
        await (await scope.ServiceProvider.GetRequiredService<Work>().OpenAsync()).ExecuteAsync("delete from core.letter_texts where kind = $1 and language = 'es'", [Card.Id], default);
    }

    [Fact]
    public async Task Instead_of_the_letter_its_page_and_its_pdf_say_why_there_is_none()
    {
        await KeepUncheckedAsync(RecordsLetter.Kind, "en", "<p>{{ patient.nmae }}</p>");
        var id = Guid.CreateVersion7();
        await using var connection = await Host.South.OpenAsync(default);
        await connection.ExecuteAsync($"""
            insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values ('{id}', 'L-1', 'Nora', 'Quist', '1980-01-01', 'F', now());
            insert into patients.record_requests (id, patient_id, patient, requester, requester_kind, authority, scope, format, received_on, clock_started_on, clock_due_on)
                values ('{id}', '{id}', 'Quist', 'Bay State', 'insurer', 'authorization', 'all', 'paper', '2026-01-01', '2026-01-01', '2026-01-31')
            """, [], default);
        using var desk = await Host.SignInAsync(Host.South, Roles.FrontDesk);

        var page = await desk.PageAsync($"/patients/record-requests/{id}/{id}/letter");
        var pdf = await desk.GetAsync($"/patients/record-requests/{id}/{id}/letter?pdf=1");

        Assert.StartsWith("The letter with copies of records cannot be written: your practice's own text is wrong.", page.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Quist", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("text/html", pdf.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_letter_that_nobody_declared_is_a_mistake_of_the_module()
    {
        await using var scope = Host.Scope(Host.North);
        var letters = scope.ServiceProvider.GetRequiredService<ILetters>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => letters.WriteAsync(Desk.Kind, LetterRecords.Example(Desk.Kind)));
    }

    private async Task<LetterCheck?> SaveAsync(LetterKind kind, string? text, int after)
    {
        await using var scope = Host.Scope(Host.South);
        return await scope.ServiceProvider.GetRequiredService<LetterTexts>().SaveAsync(kind, "en", text, after, default);
    }

    /// <summary>As another program might write it into the database.</summary>
    private async Task KeepUncheckedAsync(LetterKind kind, string language, string text)
    {
        await using var scope = Host.Scope(Host.South);
        await (await scope.ServiceProvider.GetRequiredService<Work>().OpenAsync())
            .ExecuteAsync("insert into core.letter_texts values (gen_random_uuid(), $1, $2, 1, $3, now(), 'another program')", [kind.Id, language, text], default);
    }

    private async Task<WrittenLetter> LetterAsync(Practice practice, LetterKind kind, string language)
    {
        await using var scope = Host.Scope(practice);
        return await scope.ServiceProvider.GetRequiredService<ILetters>().WriteAsync(kind, LetterRecords.Example(kind) with { Language = language });
    }

    private async Task<string> WriteAsync(Practice practice, LetterKind kind, string language) => Html(await LetterAsync(practice, kind, language));

    private static string Html(WrittenLetter letter)
    {
        using var text = new StringWriter();
        letter.Html.WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }
}

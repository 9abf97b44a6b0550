using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>A note as typed, right after the call.</summary>
public sealed class NoteForm : IEditForm<ContactNote>
{
    public int Version { get; set; }
    public string? On { get; set; }
    public string? Way { get; set; } = ContactWay.Phone.Text();
    public bool Incoming { get; set; }
    public string? Whom { get; set; }
    public string? About { get; set; }
    public string? Reference { get; set; }
    public string? Outcome { get; set; } = ContactOutcome.Reached.Text();
    public string? Said { get; set; }
    public string? NextOn { get; set; }
    public string? Next { get; set; }

    public void Show(ContactNote note) => (Way, Incoming, Whom, About, Reference, Outcome, Said, NextOn, Next) = (
        note.Way.Text(), note.Incoming, note.Whom, note.About, note.Reference,
        note.Outcome.Text(), note.Said, note.NextOn is { } day ? Modular.Sdk.Said.ShortDay(day) : null, note.Next);

    /// <summary>The day is that of the practice: shown apart, since a note knows the instant.</summary>
    public void ShowDay(ContactNote note, string zone) => On = Modular.Sdk.Said.ShortDay(DayOf(note, zone));

    /// <summary>Now, or noon of another day: nobody types the minute of a call of last week.</summary>
    public void WriteDay(ContactNote note, Reading read, string zone, DateTimeOffset now)
    {
        var day = read.Past(nameof(On), "The day", On) ?? (note.Version == 0 ? read.Today : DayOf(note, zone));
        if (note.Version == 0 || day != DayOf(note, zone))
        {
            note.At = day == read.Today ? now : WallTime.Instant(day, new(12, 0), zone);
        }
    }

    private static DateOnly DayOf(ContactNote note, string zone) => DateOnly.FromDateTime(WallTime.At(note.At, zone).DateTime);

    /// <summary>A call that follows another: all that need not be typed again.</summary>
    public static NoteForm After(ContactNote note) => new()
    {
        Way = note.Way.Text(), Whom = note.Whom, About = note.About, Reference = note.Reference,
    };

    public void Write(ContactNote note, Reading read)
    {
        note.Way = States.Find<ContactWay>(read.OneOf(nameof(Way), "How", Way, States.Choices<ContactWay>())) ?? ContactWay.Phone;
        note.Incoming = Incoming;
        note.Whom = read.Required(nameof(Whom), "Person or office", Whom, 120);
        note.About = read.Required(nameof(About), "Subject", About, 200);
        note.Reference = read.Text(nameof(Reference), "Reference", Reference, 60);
        note.Outcome =
            States.Find<ContactOutcome>(read.OneOf(nameof(Outcome), "Outcome", Outcome, States.Choices<ContactOutcome>())) ?? ContactOutcome.Reached;
        note.Said = read.Text(nameof(Said), "What was said", Said, 2000);
        note.NextOn = read.Near(nameof(NextOn), NextOn);
        note.Next = read.Text(nameof(Next), "What to do then", Next, 200);
        if (note.Next is not null && note.NextOn is null)
        {
            read.Refuse(nameof(NextOn), "Type the day by which to do it.");
        }
    }

    public static IEnumerable<SelectListItem> Directions { get; } = [new("We called or wrote", "false"), new("They called or wrote", "true")];
}

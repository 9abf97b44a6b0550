using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>What anybody must know at a glance of a patient in a list or banner.</summary>
public sealed class PatientMarks(PatientsDb db, TimeProvider clock, IPractice practice) : IListSlot
{
    public const string Slot = "patient.marks";

    public static IReadOnlyDictionary<Guid, IReadOnlyList<Mark>> None { get; } = new Dictionary<Guid, IReadOnlyList<Mark>>();

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var rows = await db.Patients.Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Alert, p.Restricted, p.BirthDate, p.DeceasedOn, p.ToFinish, p.Language, p.Interpreter }).ToListAsync(ct);
        return rows.ToDictionary(p => p.Id, p => Of(p.Alert, p.Restricted, p.BirthDate, p.DeceasedOn, p.ToFinish, p.Language, p.Interpreter, today));
    }

    private static IReadOnlyList<Mark> Of(string? alert, bool restricted, DateOnly born, DateOnly? died, List<string> toFinish, string language, string? interpreter, DateOnly today)
    {
        var marks = new List<Mark>();
        Add(died is not null, new("Deceased", Title: died is { } day ? Said.ShortDay(day) : null));
        Add(restricted, new("Restricted", "bad", "lock", "Opens to those who say why"));
        Add(alert is not null, new("Alert", "warn", Title: alert));
        Add(died is null && Age.IsMinor(born, today), new("Minor", "info"));
        Add(language != "en", new(Registrations.Choices.Language.GetValueOrDefault(language, language), "info", "message", interpreter is null ? "Language of the patient" : "Needs an interpreter"));
        Add(interpreter == "sign" || (interpreter is not null && language == "en"), new("Interpreter", "info", "message", Registrations.Choices.Interpreter[interpreter ?? "sign"]));
        Add(toFinish.Count > 0, new("To finish", "warn", "edit", "Missing: " + string.Join(", ", toFinish)));
        return marks;

        void Add(bool holds, Mark mark)
        {
            if (holds)
            {
                marks.Add(mark);
            }
        }
    }
}

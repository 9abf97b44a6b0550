using Microsoft.EntityFrameworkCore;
using Modular.Panels.Chores;
using Modular.Sdk;

namespace Modular.Panels.Checks;

/// <summary>Whoever does a chore says what it should be called; and a survey about nothing.</summary>
public sealed class ChoreCheck(PanelsDb db) : IFormRecord
{
    public static readonly RecordKind<Chore> Record = new("panels.chore", "chore", "panels.page.read", "panels.page.read")
    {
        Name = c => c.Text, Link = c => $"/panels/chores/{c.Id}", MayChange = c => !c.Done,
    };

    public static readonly FormKind Kind = new("panels.chore-check", "Check of a chore", "panels.page.read", "panels.page.read")
    {
        About = Record, Ways = FormWays.Staff | FormWays.Tablet, Fields = [new("text", "Text") { InSpanish = "Texto" }],
    };

    public static readonly FormKind Survey = new("panels.survey", "Survey", "panels.page.read", "panels.page.read");

    public async Task<FormRecord?> FindAsync(Guid id, CancellationToken ct) => await db.Chores.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is { } chore
        ? new(chore.Version, "Whoever does it", new Dictionary<string, string?> { ["text"] = chore.Text }) : null;

    public async Task<IReadOnlyList<FieldError>> TakeAsync(Guid id, int version, IReadOnlyDictionary<string, string> taken, CancellationToken ct)
    {
        var chore = await db.Chores.FirstAsync(c => c.Id == id && c.Version == version, ct);
        if (chore.Done)
        {
            return [new("text", "This chore is done.")];
        }

        chore.Text = taken["text"];
        await db.SaveChangesAsync(ct);
        return [];
    }
}

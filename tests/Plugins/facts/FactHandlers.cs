using Microsoft.EntityFrameworkCore;
using Modular.Facts.Messages;
using Modular.Sdk;

namespace Modular.Facts;

public sealed class NoteFactHandler(FactsDb db)
{
    public Task<Fact?> LoadAsync(NoteFact command, CancellationToken ct) => db.Facts.SingleOrDefaultAsync(f => f.Number == command.Number, ct);

    public static IEnumerable<string> Validate(NoteFact command)
    {
        if (command.Text.Length == 0)
        {
            yield return "A fact needs a text.";
        }
    }

    public async Task<FactNoted> HandleAsync(NoteFact command, Fact? known, CancellationToken ct)
    {
        var fact = known ?? db.Facts.Add(new() { Number = command.Number }).Entity;
        fact.Text = command.Text;
        await db.SaveChangesAsync(ct);
        return new(fact.Number, fact.Version, fact.Text);
    }
}

public static class FindFactHandler
{
    public static async Task<FactFound?> HandleAsync(FindFact query, FactsDb db, CancellationToken ct) =>
        await db.Facts.Where(f => f.Number == query.Number).Select(f => new FactFound(f.Number, f.Text)).SingleOrDefaultAsync(ct);
}

public static class NightHandler
{
    public static async Task HandleAsync(NightCame night, FactsDb db, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.Database.ExecuteSqlAsync($"insert into facts.nights (at) values ({now.ToUniversalTime()})", ct);
        await write.CommitAsync(ct);
    }
}

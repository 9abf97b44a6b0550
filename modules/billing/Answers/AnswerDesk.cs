using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Batches;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>Reads a file and moves the claims that it speaks of: all of it, or, when the machine stops, nothing, and then again.</summary>
public sealed class AnswerDesk(BillingDb db)
{
    private const string By = "Answer of a payer";

    private sealed record Sending(Guid ClaimId, string Set, bool Live, int Interchange, int Group, string Reference);

    public async Task ReadAsync(Guid id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);

        // Two files about one claim are read one after the other.
        await write.LockAsync("billing answers", ct);
        db.ChangeTracker.Clear();
        if (await db.AnswerFiles.FirstOrDefaultAsync(f => f.Id == id && f.State == AnswerFileState.ToRead, ct) is not { } file)
        {
            return;
        }

        var content = AnswerReader.Read(file.Content);
        var sendings = await SendingsAsync(content.Lines, ct);
        var claims = await ClaimsAsync(content.Lines, sendings, ct);
        for (var i = 0; i < content.Lines.Count; i++)
        {
            Take(content.Lines[i], file, i + 1, sendings, claims);
        }

        List<string> said = [.. content.Problems];
        if (content.HasRemittance)
        {
            said.Insert(0, "It carries a remittance (835). It is kept as it came and is not posted.");
        }

        file.State = content.Lines.Count > 0 ? AnswerFileState.Read : content.HasRemittance ? AnswerFileState.Remittance : AnswerFileState.Unreadable;
        if (said.Count == 0 && content.Lines.Count == 0)
        {
            said.Add("It has no word on any claim.");
        }

        var all = string.Join(' ', said).Replace("\0", "", StringComparison.Ordinal);
        file.Said = all.Length == 0 ? null : all[..Math.Min(all.Length, 2000)];
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    private void Take(AnswerLine line, AnswerFile file, int number, List<Sending> sendings, Dictionary<Guid, Claim> claims)
    {
        var about = line.ClaimNumber is { } n ? claims.Values.Where(c => c.Number == n).Select(c => c.Id).ToList()
            : [.. sendings.Where(s => Answers(line, s)).Select(s => s.ClaimId).Distinct()];
        if (about.Count == 0)
        {
            db.Add(ClaimAnswer.Of(line, file, number, null));
        }

        foreach (var claimId in about)
        {
            var answer = ClaimAnswer.Of(line, file, number, claimId);
            if (!IsOfEarlier(line, claimId, sendings))
            {
                answer.Move(claims[claimId], By);
            }

            db.Add(answer);
        }
    }

    /// <summary>It names a sending of ours that counts no more: the claim went again since, and this is not about that.</summary>
    private static bool IsOfEarlier(AnswerLine line, Guid claim, List<Sending> sendings) =>
        sendings.Where(s => s.ClaimId == claim && Answers(line, s)).ToList() is { Count: > 0 } named && !named.Exists(s => s.Live);

    private static bool Answers(AnswerLine line, Sending s) => line.Kind switch
    {
        AnswerKind.Ta1 => Number(line.Interchange) == s.Interchange,
        AnswerKind.Ack999 => Number(line.Group) == s.Group && (line.Set is null || line.Set == s.Set),
        _ => line.Reference == s.Reference,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Claims of the batches that the file names.</summary>
    private async Task<List<Sending>> SendingsAsync(IReadOnlyList<AnswerLine> lines, CancellationToken ct)
    {
        var interchanges = lines.Select(l => Number(l.Interchange)).OfType<int>().Distinct().ToList();
        var groups = lines.Select(l => Number(l.Group)).OfType<int>().Distinct().ToList();
        var references = lines.Select(l => l.Reference).OfType<string>().Distinct().ToList();
        return await (from b in db.ClaimBatches
                      join c in db.BatchClaims on b.Id equals c.BatchId
                      where interchanges.Contains(b.InterchangeNumber) || groups.Contains(b.GroupNumber) || references.Contains(b.Reference)
                      select new Sending(c.ClaimId, c.SetNumber, c.Live, b.InterchangeNumber, b.GroupNumber, b.Reference)).ToListAsync(ct);
    }

    private async Task<Dictionary<Guid, Claim>> ClaimsAsync(IReadOnlyList<AnswerLine> lines, List<Sending> sendings, CancellationToken ct)
    {
        var numbers = lines.Select(l => l.ClaimNumber).OfType<string>().Distinct().ToList();
        var ids = sendings.Select(s => s.ClaimId).Distinct().ToList();
        return await db.Claims.Include(c => c.History).AsSplitQuery().Where(c => numbers.Contains(c.Number) || ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, ct);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.ClaimFiles;
using Modular.Billing.Claims;
using Modular.Billing.X12;
using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>
/// Makes a file of what may go to one payer in the name of one entity, and sends its claims, in one transaction. Two who press at once: the claims'
/// versions and the index of live batches let one of them through.
/// </summary>
public sealed class BatchWriter(BillingDb db, ClaimFactsBuilder facts, Actor actor, IPractice practice, TimeProvider clock)
{
    /// <param name="Sentence">What was made, or why nothing was.</param>
    public sealed record Result(ClaimBatchFile? Batch, string Sentence);

    public async Task<Result> WriteAsync(Guid payer, Guid entity, CancellationToken ct)
    {
        var claims = await db.Claims.Where(c => c.State == ClaimState.ToSend && c.PayerId == payer && c.EntityId == entity)
            .OrderBy(c => c.Id).Take(ClaimFile.MostClaims).ToListAsync(ct);
        var built = await facts.BuildAsync(claims, ct);
        var (now, faulty) = (clock.GetUtcNow(), claims.Where(c => built[c.Id].Faults.Count > 0).ToList());
        foreach (var claim in faulty)
        {
            claim.Checked(built[claim.Id].Faults, null, now, actor.Name); // something changed since it was checked
        }

        var going = claims.Except(faulty).ToList();
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            if (going.Count == 0)
            {
                await db.SaveChangesAsync(ct);
                await write.CommitAsync(ct);
                return new(null, faulty.Count == 0 ? "Nothing waits to be sent to this payer: somebody may have sent it." : $"{Said.Many(faulty.Count, "claim")} to correct first; nothing was sent.");
            }

            if (await DescribeAsync(payer, entity, [.. going.Select(c => built[c.Id].Facts!)], now, ct) is not { } described)
            {
                return new(null, "The entity has no phone for statements, which the file names as its contact. Set it in Billing setup, Identifiers.");
            }

            var batch = Write(described, going, now);
            db.Add(batch);
            db.AddRange(going.Select(c => new BatchClaim { BatchId = batch.Id, ClaimId = c.Id, SetNumber = "0001" }));
            foreach (var claim in going)
            {
                claim.Send($"in batch {batch.Reference}", now, actor.Name);
            }

            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return new(batch, $"Batch {batch.Reference}: {Said.Many(going.Count, "claim")}, {Said.Money(batch.Total)}{(faulty.Count == 0 ? "" : $"; {Said.Many(faulty.Count, "claim")} to correct")}.");
        }
        catch (DbUpdateConcurrencyException)
        {
            return new(null, "Somebody else sent or changed some of these claims at the same moment. Nothing was sent twice: look again.");
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            return new(null, refused.Sentence);
        }
    }

    private async Task<ClaimBatch?> DescribeAsync(Guid payer, Guid entity, IReadOnlyList<ClaimFacts> claims, DateTimeOffset now, CancellationToken ct)
    {
        var (first, to) = (claims[0].Billing, claims[0].Coverage.Payer);
        if (await db.BillingEntities.Where(e => e.Id == entity).Select(e => e.StatementPhone).FirstOrDefaultAsync(ct) is not { } phone)
        {
            return null;
        }

        var interchange = await db.Database.SqlQuery<int>($"select nextval('billing.interchange_numbers')::int as \"Value\"").SingleAsync(ct);
        var group = await db.Database.SqlQuery<int>($"select nextval('billing.group_numbers')::int as \"Value\"").SingleAsync(ct);
        var tax = first.TaxId.Replace("-", "", StringComparison.Ordinal);
        var at = WallTime.At(now, practice.Zone).DateTime;
        return new()
        {
            Header = new("30", tax, "ZZ", to.Id, interchange, at, IsTest: false, WantsAcknowledgment: true),
            ApplicationSender = tax, ApplicationReceiver = to.Id, GroupNumber = group,
            Reference = interchange.ToString("D9", CultureInfo.InvariantCulture), Submitter = first.Name, SubmitterId = tax,
            Contact = new(first.Name.Last, phone), Receiver = to.Name, ReceiverId = to.Id, Claims = claims,
        };
    }

    private ClaimBatchFile Write(ClaimBatch described, List<Claim> going, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        ClaimFile.Write(stream, described);
        var file = stream.ToArray();
        // Our own validator reads what leaves: a fault here is one of this program, and nothing is sent.
        if (X12Document.Read(file).Errors.FirstOrDefault() is { } wrong)
        {
            throw new InvalidOperationException($"The file of claims would be refused: {wrong.Code}, segment {wrong.Segment}.");
        }

        return new()
        {
            PayerId = going[0].PayerId, Payer = going[0].Payer, EntityId = going[0].EntityId, InterchangeNumber = described.Header.ControlNumber,
            GroupNumber = described.GroupNumber, Reference = described.Reference, File = file, Hash = Convert.ToHexStringLower(SHA256.HashData(file)),
            Claims = going.Count, Total = going.Sum(c => c.Total), MadeAt = now, MadeBy = actor.Name,
        };
    }
}

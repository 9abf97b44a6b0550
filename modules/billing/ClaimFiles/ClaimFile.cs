using Modular.Billing.X12;

namespace Modular.Billing.ClaimFiles;

/// <summary>Who sends a batch to whom (1000A, 1000B), and its numbers. Each number comes from a sequence of the database: none comes twice.</summary>
public sealed record ClaimBatch
{
    public required InterchangeHeader Header { get; init; }

    /// <summary>GS02, GS03.</summary>
    public required string ApplicationSender { get; init; }

    /// <inheritdoc cref="ApplicationSender"/>
    public required string ApplicationReceiver { get; init; }

    /// <summary>GS06.</summary>
    public required int GroupNumber { get; init; }

    /// <summary>BHT03, of the first set; the next ones add their count.</summary>
    public required string Reference { get; init; }

    public required ClaimName Submitter { get; init; }

    /// <summary>1000A NM109.</summary>
    public required string SubmitterId { get; init; }

    public required ClaimContact Contact { get; init; }

    public required string Receiver { get; init; }

    /// <summary>1000B NM109.</summary>
    public required string ReceiverId { get; init; }

    /// <summary>BHT02 18: sent again because the first sending was lost.</summary>
    public bool IsReissue { get; init; }

    public required IReadOnlyList<ClaimFacts> Claims { get; init; }
}

/// <summary>A claim that may not be sent, and every reason.</summary>
public sealed class ClaimRefusedException(string claim, IReadOnlyList<string> faults)
    : Exception($"The claim {claim} cannot be sent: {string.Join(' ', faults)}")
{
    public string Claim { get; } = claim;

    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>A batch of claims as an 837P (005010X222A1): sets of 5,000 claims at most, those of one billing provider under one level.</summary>
public static class ClaimFile
{
    public const string Version = "005010X222A1";

    /// <summary>Section 1.3.2.</summary>
    public const int MostClaims = 5_000;

    /// <exception cref="ClaimRefusedException">A claim has <see cref="ClaimFaults"/>; nothing is written.</exception>
    public static void Write(Stream stream, ClaimBatch batch)
    {
        foreach (var claim in batch.Claims)
        {
            if (ClaimFaults.Of(claim) is { Count: > 0 } faults)
            {
                throw new ClaimRefusedException(claim.Id, faults);
            }
        }

        WriteJudged(stream, batch);
    }

    /// <summary>For claims that were judged before.</summary>
    internal static void WriteJudged(Stream stream, ClaimBatch batch)
    {
        var writer = new InterchangeWriter(stream);
        writer.BeginInterchange(batch.Header);
        writer.BeginGroup("HC", batch.ApplicationSender, batch.ApplicationReceiver, batch.GroupNumber, batch.Header.At, Version);
        var output = new ClaimOutput(writer);
        var set = 0;
        foreach (var claims in batch.Claims.GroupBy(claim => claim.Billing).SelectMany(provider => provider).Chunk(MostClaims))
        {
            set++;
            output.Begin(set);
            Header(output, batch, set);
            foreach (var provider in claims.GroupBy(claim => claim.Billing))
            {
                var level = Provider(output, provider.Key, batch.Contact);
                foreach (var claim in provider)
                {
                    ClaimLoops.Write(output, claim, level);
                }
            }

            output.End();
        }

        writer.EndGroup();
        writer.EndInterchange();
    }

    private static void Header(ClaimOutput output, ClaimBatch batch, int set)
    {
        var at = batch.Header.At;
        output.Put("BHT", "0019", batch.IsReissue ? "18" : "00", set == 1 ? batch.Reference : $"{batch.Reference}-{set}",
            ClaimOutput.Day(DateOnly.FromDateTime(at)), at.ToString("HHmm", System.Globalization.CultureInfo.InvariantCulture), "CH");
        output.Name("41", batch.Submitter, isPerson: false, "46", batch.SubmitterId);
        output.Contact(batch.Contact);
        output.Name("40", new(batch.Receiver), isPerson: false, "46", batch.ReceiverId);
    }

    private static int Provider(ClaimOutput output, BillingProvider billing, ClaimContact submitter)
    {
        var level = output.Level(null, "20", hasBelow: true);
        if (billing.Taxonomy is { Length: > 0 } taxonomy)
        {
            output.Put("PRV", "BI", "PXC", taxonomy);
        }

        output.Name("85", billing.Name, billing.IsPerson, "XX", billing.Npi);
        output.Address(billing.Address);
        output.Reference(billing.TaxIdIsSsn ? "SY" : "EI", billing.TaxId.Replace("-", "", StringComparison.Ordinal));
        if (billing.Contact != submitter)
        {
            output.Contact(billing.Contact);
        }

        if (billing.PayTo is { } payTo && payTo != billing.Address)
        {
            output.Put("NM1", "87", billing.IsPerson ? "1" : "2");
            output.Address(payTo);
        }

        return level;
    }
}

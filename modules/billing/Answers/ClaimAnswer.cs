using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>What a file says of one claim; of none where it speaks of nothing that we sent.</summary>
public sealed class ClaimAnswer : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required Guid FileId { get; init; }

    /// <summary>The how-manieth word of the file, from 1.</summary>
    public required int Line { get; init; }
    public Guid? ClaimId { get; init; }

    /// <summary>As the file has it.</summary>
    public string? ClaimNumber { get; init; }
    public required AnswerKind Kind { get; init; }
    public required AnswerVerdict Verdict { get; init; }
    public required string Words { get; init; }
    public required string Codes { get; init; }
    public MendPage? Page { get; init; }
    public string? PayerNumber { get; init; }
    public required bool FromPayer { get; init; }
    public required string Speaker { get; init; }
    public DateOnly? SaidOn { get; init; }
    public required DateTimeOffset CameAt { get; init; }

    /// <summary>False where it speaks of an earlier sending, or the claim is past it.</summary>
    public bool Moved { get; set; }

    /// <summary>Who saw that it is none of ours.</summary>
    public string? SettledBy { get; set; }
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The payer has it since: what a payer asks for when it says that the claim came too late.</summary>
    public bool ProvesFiling => FromPayer && Kind == AnswerKind.Acknowledgment && Verdict == AnswerVerdict.Accepted;

    public static ClaimAnswer Of(AnswerLine line, AnswerFile file, int number, Guid? claim)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(file);
        return new()
        {
            FileId = file.Id, Line = number, ClaimId = claim, ClaimNumber = Cut(line.ClaimNumber, 80), Kind = line.Kind, Verdict = line.Verdict,
            Words = Cut(line.Words, 900) is { Length: > 0 } words ? words : "Without a word", Codes = Cut(line.Codes, 900)!, Page = line.Page,
            PayerNumber = Cut(line.PayerNumber, 50), FromPayer = line.FromPayer, Speaker = Cut(line.Speaker, 200)!, SaidOn = line.SaidOn,
            CameAt = file.CameAt,
        };
    }

    /// <summary>
    /// Moves the claim. States follow one another in one direction, and rejection beats acceptance, so that the order in which answers come
    /// does not matter; what would lead back is kept and moves nothing.
    /// </summary>
    public void Move(Claim claim, string by)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var said = $"{Kind.Title()} {(Speaker.Length == 0 ? "" : $"of {Speaker}")}: {Words}".Replace(" :", ":", StringComparison.Ordinal);
        var number = string.IsNullOrWhiteSpace(PayerNumber) ? null : PayerNumber.Trim();
        var refused = Verdict switch
        {
            AnswerVerdict.Received => claim.MarkReceived(said, CameAt, by),
            AnswerVerdict.Accepted => claim.Accept(said, number, FromPayer, CameAt, by),
            AnswerVerdict.Rejected => claim.Reject(said, CameAt, by),
            AnswerVerdict.Decided => claim.Decide(said, number, CameAt, by),
            _ => null,
        };
        Moved = refused is null && Verdict != AnswerVerdict.Open;
    }

    /// <summary>As much as the row takes; the file itself has all of it.</summary>
    private static string? Cut(string? text, int length)
    {
        var plain = text?.Replace("\0", "", StringComparison.Ordinal);
        return plain?.Length > length ? plain[..length] : plain;
    }
}

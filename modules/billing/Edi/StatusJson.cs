using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>A 276 or 277 (005010X212) or 277CA (005010X214): claims that are asked for, and where they are.</summary>
internal sealed class StatusJson(Utf8JsonWriter json, bool answers) : SetJson(json)
{
    /// <summary>Status of receivers and providers; beyond it the file is not one that a payer sends.</summary>
    private const int Most = 10_000;

    private readonly List<Loop> above = [];

    public override void Begin() => Json.WriteStartArray("claims");

    public override void OnLoop(Loop loop)
    {
        if (loop.Id is "2200D" or "2200E")
        {
            Item(() => Claim(loop));
        }
        else if (loop.Id is "2200B" or "2200C" && above.Count < Most)
        {
            above.Add(loop);
        }
    }

    public override void End(Loop root)
    {
        Json.WriteEndArray();
        Json.Text("reference", root.Find("BHT")?[3]);
        Json.Date("date", root.Find("BHT")?[4] ?? "");
        if (!answers)
        {
            return;
        }

        Json.List("totals", above, loop =>
        {
            var isReceiver = loop.Id == "2200B";
            Json.Text("level", isReceiver ? "receiver" : "provider");
            Json.Party("party", Name(loop.Parent, isReceiver ? "2100B" : "2100C"));
            Json.Text("trace", loop.Find("TRN")?[2]);
            Statuses(loop);
            Json.Amount("accepted", loop.Find("QTY", 1, "90", "QA")?.Decimal(2));
            Json.Amount("rejected", loop.Find("QTY", 1, "AA", "QC")?.Decimal(2));
            Json.Amount("acceptedAmount", loop.Find("AMT", 1, "YU")?.Decimal(2));
            Json.Amount("rejectedAmount", loop.Find("AMT", 1, "YY")?.Decimal(2));
        });
    }

    private void Claim(Loop claim)
    {
        var level = claim.Parent!;
        var subscriber = level.Around("2000D");
        var patient = level.Id == "2000E" ? level.Child("2100E") : level.Child("2100D");
        Json.Text("trace", claim.Find("TRN")?[2]);
        Json.Party("payer", Name(level.Around("2000A"), "2100A"));
        Json.Party("receiver", Name(level.Around("2000B"), "2100B"));
        Json.Party("provider", Name(level.Around("2000C"), "2100C"));
        Json.Party("subscriber", Name(subscriber, "2100D"));
        Json.Party("patient", patient?.Find("NM1"));
        Json.Text("payerNumber", claim.Find("REF", 1, "1K")?[2]);
        Json.Text("patientControlNumber", claim.Find("REF", 1, "EJ")?[2]);
        Json.References(claim);
        Json.Dates(claim);
        if (answers)
        {
            Statuses(claim);
            Json.Text("outcome", Outcome(claim));
        }
        else
        {
            Json.Date("birthDate", level.Find("DMG")?[2] ?? "");
            Json.Text("sex", level.Find("DMG")?[3]);
            Json.Amount("charge", claim.Find("AMT", 1, "T3")?.Decimal(2));
        }

        Json.List("lines", claim.Loops, Line);
    }

    private void Line(Loop line)
    {
        var svc = line.Segments[0];
        Json.Procedure("procedure", svc, 1);
        Json.Amount("charge", svc.Decimal(2));
        Json.Amount("paid", svc.Decimal(3));
        Json.Text("revenueCode", svc[4]);
        Json.Amount("units", svc.Decimal(7));
        Json.Text("controlNumber", line.Find("REF", 1, "FJ")?[2]);
        Json.Dates(line);
        if (answers)
        {
            Statuses(line);
        }
    }

    private void Statuses(Loop loop) => Json.List("statuses", loop.All("STC"), stc =>
    {
        Json.List("codes", new[] { 1, 10, 11 }.Where(at => !stc.Bytes(at).IsEmpty), at =>
        {
            Json.Text("category", stc[at, 1]);
            Json.Text("status", stc[at, 2]);
            Json.Text("entity", stc[at, 3]);
        });
        Json.Date("date", stc[2]);
        Json.Text("action", stc[3]);
        Json.Amount("charge", stc.Decimal(4));
        Json.Amount("paid", stc.Decimal(5));
        Json.Date("paidOn", stc[6]);
        Json.Text("method", stc[7]);
        Json.Date("checkDate", stc[8]);
        Json.Text("check", stc[9]);
        Json.Text("message", stc[12]);
    });

    /// <summary>
    /// A claim acknowledgment (005010X214): A2 accepts, A3, A6, A7, A8 or the act U reject, all else leaves it open. A status response says what
    /// became of the claim: F0 to F4 finish it, all else leaves it open.
    /// </summary>
    private static string Outcome(Loop claim)
    {
        var statuses = claim.All("STC").ToList();
        var categories = statuses.Select(stc => stc[1, 1]).ToHashSet();
        return statuses.Any(stc => stc.Is(3, "U")) || categories.Overlaps(["A3", "A6", "A7", "A8"]) ? "rejected"
            : categories.Contains("A2") ? "accepted"
            : categories.Any(c => c.StartsWith('F')) ? "finished"
            : "open";
    }
}

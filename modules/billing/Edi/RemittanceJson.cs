using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>An 835 (005010X221A1): the payment, its claims with their lines, what was added or kept back at the end.</summary>
internal sealed class RemittanceJson(Utf8JsonWriter json) : SetJson(json)
{
    private decimal claims;

    public override void Begin() => Json.WriteStartArray("claims");

    public override void OnLoop(Loop loop)
    {
        if (loop.Id == "2100")
        {
            claims += loop.Segments[0].Amount(4);
            Item(() => Claim(loop));
        }
    }

    public override void End(Loop root)
    {
        Json.WriteEndArray();
        var adjusted = root.All("PLB").SelectMany(plb => Enumerable.Range(0, 6).Select(i => plb.Amount(4 + (2 * i)))).Sum();
        Json.Object("payment", root.Find("BPR"), bpr =>
        {
            var difference = bpr.Amount(2) - (claims - adjusted);
            Json.Text("trace", root.Find("TRN")?[2]);
            Json.Text("traceOriginator", root.Find("TRN")?[3]);
            Json.Amount("amount", bpr.Decimal(2));
            Json.Text("creditOrDebit", bpr[3]);
            Json.Text("method", bpr[4]);
            Json.Text("handling", bpr[1]);
            Json.Date("date", bpr[16]);
            Json.Date("produced", root.Find("DTM", 1, "405")?[2] ?? "");
            Organization("payer", root.Child("1000A"));
            Organization("payee", root.Child("1000B"));
            Json.Amount("claimsPaid", claims);
            Json.Amount("providerAdjusted", adjusted);
            Json.WriteBoolean("balanced", difference == 0);
            Json.Amount("difference", difference);
        });
        Json.List("providerAdjustments", root.All("PLB").SelectMany(plb => Enumerable.Range(0, 6).Select(i => (Plb: plb, At: 3 + (2 * i))))
            .Where(pair => !pair.Plb.Bytes(pair.At).IsEmpty || !pair.Plb.Bytes(pair.At + 1).IsEmpty), pair =>
        {
            Json.Text("provider", pair.Plb[1]);
            Json.Date("fiscalPeriod", pair.Plb[2]);
            Json.Text("reason", pair.Plb[pair.At, 1]);
            Json.Text("reference", pair.Plb[pair.At, 2]);
            Json.Amount("amount", pair.Plb.Decimal(pair.At + 1));
        });
    }

    private void Claim(Loop claim)
    {
        var clp = claim.Segments[0];
        Json.Text("id", clp[1]);
        Json.Text("status", clp[2]);
        Json.Amount("charge", clp.Decimal(3));
        Json.Amount("paid", clp.Decimal(4));
        Json.Amount("patientAmount", clp.Decimal(5));
        Json.Text("filingCode", clp[6]);
        Json.Text("payerNumber", clp[7]);
        Json.Text("placeOfService", clp[8]);
        Json.Text("frequency", clp[9]);
        Json.Party("patient", claim.Find("NM1", 1, "QC"));
        Json.Party("insured", claim.Find("NM1", 1, "IL"));
        Json.Party("corrected", claim.Find("NM1", 1, "74"));
        Json.Party("provider", claim.Find("NM1", 1, "82"));
        Json.Party("forwardedTo", claim.Find("NM1", 1, "TT"));
        Json.Party("otherPayer", claim.Find("NM1", 1, "PR"));
        Json.Date("from", claim.Find("DTM", 1, "232")?[2] ?? "");
        Json.Date("to", claim.Find("DTM", 1, "233")?[2] ?? "");
        Json.Date("received", claim.Find("DTM", 1, "050")?[2] ?? "");
        Json.Date("coverageEnded", claim.Find("DTM", 1, "036")?[2] ?? "");
        Json.Adjustments(claim);
        Json.Texts("remarks", Remarks(claim.Find("MIA"), 5, 20, 21, 22, 23).Concat(Remarks(claim.Find("MOA"), 3, 4, 5, 6, 7)));
        Json.References(claim);
        Json.Amounts(claim);
        Balance(clp.Amount(3) - clp.Amount(4) - Adjustments.Sum(claim) - claim.Children("2110").Sum(Adjustments.Sum));
        Json.List("lines", claim.Children("2110"), Line);
    }

    private void Line(Loop line)
    {
        var svc = line.Segments[0];
        Json.Text("controlNumber", line.Find("REF", 1, "6R")?[2]);
        Json.Procedure("procedure", svc, 1);
        Json.Procedure("submittedProcedure", svc, 6);
        Json.Text("revenueCode", svc[4]);
        Json.Amount("charge", svc.Decimal(2));
        Json.Amount("paid", svc.Decimal(3));

        // SVC05 left out means one (section 2, 2110 SVC05).
        Json.Amount("units", svc.Bytes(5).IsEmpty ? 1 : svc.Decimal(5));
        Json.Amount("submittedUnits", svc.Decimal(7));
        var day = line.Find("DTM", 1, "472")?[2];
        Json.Date("from", day ?? line.Find("DTM", 1, "150")?[2] ?? "");
        Json.Date("to", day ?? line.Find("DTM", 1, "151")?[2] ?? "");
        Json.Adjustments(line);
        Json.Texts("remarks", line.All("LQ").Select(lq => lq[2]));
        Json.References(line);
        Json.Amounts(line);
        Balance(svc.Amount(2) - svc.Amount(3) - Adjustments.Sum(line));
    }

    /// <param name="difference">Charge less what is paid and adjusted.</param>
    private void Balance(decimal difference)
    {
        Json.WriteBoolean("balanced", difference == 0);
        Json.Amount("difference", difference);
    }

    private void Organization(string name, Loop? loop) => Json.Object(name, loop?.Find("N1"), n1 =>
    {
        Json.Text("name", n1[2]);
        Json.Text("idType", n1[3]);
        Json.Text("id", n1[4]);
        Json.References(loop!);
    });

    private static IEnumerable<string> Remarks(Segment? segment, params int[] elements) => segment is null ? [] : elements.Select(e => segment[e]);
}

using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>An 837P (005010X222A1): its claims, each with the provider, subscriber and payer it stands under.</summary>
internal sealed class ClaimJson(Utf8JsonWriter json) : SetJson(json)
{
    public override void Begin() => Json.WriteStartArray("claims");

    public override void OnLoop(Loop loop)
    {
        if (loop.Id == "2300")
        {
            Item(() => Claim(loop));
        }
    }

    public override void End(Loop root)
    {
        Json.WriteEndArray();
        Json.Text("reference", root.Find("BHT")?[3]);
        Json.Text("purpose", root.Find("BHT")?[2]);
        Json.Date("date", root.Find("BHT")?[4] ?? "");
        Json.Party("submitter", Name(root, "1000A"));
        Json.Party("receiver", Name(root, "1000B"));
    }

    private void Claim(Loop claim)
    {
        var clm = claim.Segments[0];
        Json.Text("id", clm[1]);
        Json.Amount("charge", clm.Decimal(2));
        Json.Text("placeOfService", clm[5, 1]);
        Json.Text("frequency", clm[5, 3]);
        Json.Text("providerSigned", clm[6]);
        Json.Text("assignment", clm[7]);
        Json.Text("benefitsAssigned", clm[8]);
        Json.Text("release", clm[9]);
        Json.Texts("relatedCauses", [clm[11, 1], clm[11, 2], clm[11, 3]]);
        Json.Text("accidentState", clm[11, 4]);
        Json.Text("payerNumber", claim.Find("REF", 1, "F8")?[2]);
        Json.Text("authorization", claim.Find("REF", 1, "G1")?[2]);
        Json.Text("referral", claim.Find("REF", 1, "9F")?[2]);
        Parties(claim);
        Json.List("diagnoses", claim.All("HI").Where(hi => hi[1, 1] is "ABK" or "BK")
            .SelectMany(hi => Enumerable.Range(1, 12).Select(i => (Hi: hi, At: i))).Where(d => !d.Hi.Bytes(d.At).IsEmpty), diagnosis =>
        {
            Json.Text("type", diagnosis.Hi[diagnosis.At, 1]);
            Json.Text("code", diagnosis.Hi[diagnosis.At, 2]);
        });
        Json.Dates(claim);
        Json.References(claim);
        Json.Amounts(claim);
        Json.Notes(claim);
        Json.List("otherPayers", claim.Children("2320"), OtherPayer);
        Json.WriteBoolean("balanced", clm.Amount(2) == claim.Children("2400").Sum(line => line.Find("SV1")?.Amount(2) ?? 0));
        Json.List("lines", claim.Children("2400"), Line);
    }

    private void Parties(Loop claim)
    {
        var (provider, subscriber) = (claim.Around("2000A"), claim.Around("2000B"));
        var dependent = claim.Around("2000C");
        var billing = provider?.Child("2010AA");
        Json.Text("rank", subscriber?.Find("SBR")?[1]);
        Json.Text("filingCode", subscriber?.Find("SBR")?[9]);
        Json.Text("relationship", dependent?.Find("PAT")?[1] ?? subscriber?.Find("SBR")?[2]);
        Json.Party("billingProvider", billing?.Find("NM1"));
        Json.Text("taxId", (billing?.Find("REF", 1, "EI") ?? billing?.Find("REF", 1, "SY"))?[2]);
        Json.Text("taxonomy", provider?.Find("PRV")?[3]);
        Json.Party("payTo", Name(provider, "2010AB"));
        Json.Party("subscriber", Name(subscriber, "2010BA"));
        Json.Party("payer", Name(subscriber, "2010BB"));
        var patient = dependent?.Child("2010CA") ?? subscriber?.Child("2010BA");
        Json.Party("patient", patient?.Find("NM1"));
        Json.Date("birthDate", patient?.Find("DMG")?[2] ?? "");
        Json.Text("sex", patient?.Find("DMG")?[3]);
        Providers(claim, "2310");
    }

    private void Providers(Loop loop, string prefix) => Json.List("providers", loop.Loops
        .Where(l => l.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(l => l.Find("NM1")).OfType<Segment>(), Json.PartyFields);

    private void OtherPayer(Loop other)
    {
        Json.Text("rank", other.Segments[0][1]);
        Json.Text("relationship", other.Segments[0][2]);
        Json.Text("filingCode", other.Segments[0][9]);
        Json.Party("subscriber", Name(other, "2330A"));
        Json.Party("payer", Name(other, "2330B"));
        Json.Amount("paid", other.Find("AMT", 1, "D")?.Decimal(2));
        Json.Amount("patientLiability", other.Find("AMT", 1, "EAF")?.Decimal(2));
        Json.Date("paidOn", other.Child("2330B")?.Find("DTP", 1, "573")?[3] ?? "");
        Json.Text("payerNumber", other.Child("2330B")?.Find("REF", 1, "F8")?[2]);
        Json.Adjustments(other);
    }

    private void Line(Loop line)
    {
        var sv1 = line.Find("SV1");
        Json.Text("number", line.Segments[0][1]);
        Json.Text("controlNumber", line.Find("REF", 1, "6R")?[2]);
        if (sv1 is null)
        {
            Json.WriteNull("procedure");
        }
        else
        {
            Json.Procedure("procedure", sv1, 1);
        }

        Json.Amount("charge", sv1?.Decimal(2));
        Json.Text("unit", sv1?[3]);
        Json.Amount("units", sv1?.Decimal(4));
        Json.Text("placeOfService", sv1?[5]);
        Json.Texts("pointers", sv1?.Components(7) ?? []);
        Json.Dates(line);
        Json.References(line);
        Json.Amounts(line);
        Json.Notes(line);
        Providers(line, "2420");
        Json.Object("drug", line.Child("2410"), drug =>
        {
            Json.Text("type", drug.Find("LIN")?[2]);
            Json.Text("code", drug.Find("LIN")?[3]);
            Json.Amount("quantity", drug.Find("CTP")?.Decimal(4));
            Json.Text("unit", drug.Find("CTP")?[5, 1]);
        });
        Json.List("adjudications", line.Children("2430"), paid =>
        {
            var svd = paid.Segments[0];
            Json.Text("payer", svd[1]);
            Json.Amount("paid", svd.Decimal(2));
            Json.Procedure("procedure", svd, 3);
            Json.Amount("units", svd.Decimal(5));
            Json.Text("bundledInto", svd[6]);
            Json.Date("date", paid.Find("DTP", 1, "573")?[3] ?? "");
            Json.Amount("patientLiability", paid.Find("AMT", 1, "EAF")?.Decimal(2));
            Json.Adjustments(paid);
        });
    }
}

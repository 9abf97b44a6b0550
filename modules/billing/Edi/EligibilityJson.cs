using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>A 270 or 271 (005010X279A1): each patient who is asked for, and what the payer says. The patient is the lowest level.</summary>
internal sealed class EligibilityJson(Utf8JsonWriter json, bool answers) : SetJson(json)
{
    /// <summary>Beyond it the file is not one that a payer sends; the problems say so.</summary>
    private const int MostRejections = 1_000;

    private readonly List<(string Loop, Segment Aaa)> above = [];

    public override void Begin() => Json.WriteStartArray("patients");

    public override void OnLoop(Loop loop)
    {
        switch (loop.Id)
        {
            case "2000C" when loop.Find("HL") is not { } level || !level.Is(4, "1") || Asked(loop):
                Item(() => Patient(loop, null));
                break;
            case "2000D":
                Item(() => Patient(loop.Parent!, loop));
                break;
            case "2000A" or "2100A" or "2100B":
                above.AddRange(Rejected(loop).Take(MostRejections - above.Count));
                break;
            default:
                break;
        }
    }

    public override void End(Loop root)
    {
        Json.WriteEndArray();
        var bht = root.Find("BHT");
        Json.Text("reference", bht?[3]);
        Json.Text("purpose", bht?[2]);
        Json.Date("date", bht?[4] ?? "");
        if (answers)
        {
            Rejections(above);
        }
    }

    private static bool Asked(Loop level) => level.Find("TRN") is not null || level.Child("2100C")?.Child("2110C") is not null;

    private void Patient(Loop subscriber, Loop? dependent)
    {
        var letter = dependent is null ? "C" : "D";
        var level = dependent ?? subscriber;
        var person = level.Child("2100" + letter);
        Json.Text("level", dependent is null ? "subscriber" : "dependent");
        Json.List("traces", level.All("TRN"), trn =>
        {
            Json.Text("type", trn[1]);
            Json.Text("number", trn[2]);
            Json.Text("originator", trn[3]);
        });
        Json.Party("payer", Name(level.Around("2000A"), "2100A"));
        Json.Party("provider", Name(level.Around("2000B"), "2100B"));
        Json.Party("subscriber", Name(subscriber, "2100C"));
        Json.Party("patient", person?.Find("NM1"));
        Json.Date("birthDate", person?.Find("DMG")?[2] ?? "");
        Json.Text("sex", person?.Find("DMG")?[3]);
        Json.List("dates", person?.All("DTP") ?? [], DateFields);
        Json.List("references", person?.All("REF") ?? [], reference =>
        {
            Json.Text("type", reference[1]);
            Json.Text("value", reference[2]);
        });
        var parts = person?.Children("2110" + letter) ?? [];
        if (answers)
        {
            Rejections(Rejected(level).Concat(person is null ? [] : Rejected(person)));
            Json.List("benefits", parts, part => Benefit(part, letter));
            return;
        }

        Json.List("questions", parts, part =>
        {
            var eq = part.Segments[0];
            Json.Texts("serviceTypes", eq.Repeats(1));
            Json.Procedure("procedure", eq, 2);
            Json.Text("coverageLevel", eq[3]);
            Json.Dates(part);
            Json.References(part);
        });
    }

    private void Benefit(Loop benefit, string letter)
    {
        var eb = benefit.Segments[0];
        Json.Text("info", eb[1]);
        Json.Text("coverageLevel", eb[2]);
        Json.Texts("serviceTypes", eb.Repeats(3));
        Json.Text("insuranceType", eb[4]);
        Json.Text("plan", eb[5]);
        Json.Text("period", eb[6]);
        Json.Amount("amount", eb.Decimal(7));
        Json.Amount("percent", eb.Decimal(8));
        Json.Text("quantityType", eb[9]);
        Json.Amount("quantity", eb.Decimal(10));
        Json.Text("authorization", eb[11]);
        Json.Text("network", eb[12]);
        Json.Procedure("procedure", eb, 13);
        Json.Dates(benefit);
        Json.References(benefit);
        Json.Texts("messages", benefit.All("MSG").Select(msg => msg[1]));
        Rejections(Rejected(benefit));
        Json.List("entities", benefit.Children("2120" + letter).Select(e => e.Find("NM1")).OfType<Segment>(), Json.PartyFields);
    }

    private void DateFields(Segment date)
    {
        var days = date.Is(2, "RD8") ? date[3].Split('-', 2) : [date[3]];
        Json.Text("type", date[1]);
        Json.Date("from", days[0]);
        Json.Date("to", days[^1]);
    }

    private void Rejections(IEnumerable<(string Loop, Segment Aaa)> rejections) => Json.List("rejections", rejections, rejection =>
    {
        Json.Text("loop", rejection.Loop);
        Json.Text("valid", rejection.Aaa[1]);
        Json.Text("reason", rejection.Aaa[3]);
        Json.Text("action", rejection.Aaa[4]);
    });

    private static IEnumerable<(string Loop, Segment Aaa)> Rejected(Loop loop) => loop.All("AAA").Select(aaa => (loop.Id, aaa));
}

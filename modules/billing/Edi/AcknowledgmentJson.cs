using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>A 999 (005010X231A1): which sets of a group were taken, and what is wrong with those that were not.</summary>
internal sealed class AcknowledgmentJson(Utf8JsonWriter json) : SetJson(json)
{
    public override void Begin() => Json.WriteStartArray("sets");

    public override void OnLoop(Loop loop)
    {
        if (loop.Id == "2000")
        {
            Item(() => Set(loop));
        }
    }

    public override void End(Loop root)
    {
        Json.WriteEndArray();
        var ak1 = root.Find("AK1");
        Json.Text("group", ak1?[1]);
        Json.Text("groupControlNumber", ak1?[2]);
        Json.Text("groupVersion", ak1?[3]);
        var ak9 = root.Find("AK9");
        Json.Text("result", ak9?[1]);
        Json.Amount("included", ak9?.Decimal(2));
        Json.Amount("received", ak9?.Decimal(3));
        Json.Amount("accepted", ak9?.Decimal(4));
        Json.Texts("reasons", Codes(ak9, 5));
    }

    private void Set(Loop set)
    {
        var (ak2, ik5) = (set.Segments[0], set.Find("IK5"));
        Json.Text("type", ak2[1]);
        Json.Text("controlNumber", ak2[2]);
        Json.Text("version", ak2[3]);
        Json.Text("result", ik5?[1]);
        Json.Texts("reasons", Codes(ik5, 2));
        Json.List("errors", set.Children("2100"), error =>
        {
            var ik3 = error.Segments[0];
            Json.Text("segment", ik3[1]);
            Json.Amount("position", ik3.Decimal(2));
            Json.Text("loop", ik3[3]);
            Json.Text("reason", ik3[4]);
            Json.Texts("contexts", error.All("CTX").Select(ctx => ctx[1]));
            Json.List("elements", error.Children("2110"), element =>
            {
                var ik4 = element.Segments[0];
                Json.Text("element", ik4[1, 1]);
                Json.Text("component", ik4[1, 2]);
                Json.Text("repeat", ik4[1, 3]);
                Json.Text("reference", ik4[2]);
                Json.Text("reason", ik4[3]);
                Json.Text("value", ik4[4]);
            });
        });
    }

    private static IEnumerable<string> Codes(Segment? segment, int from) =>
        segment is null ? [] : Enumerable.Range(from, 5).Select(i => segment[i]);
}

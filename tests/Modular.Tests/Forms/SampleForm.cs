using Modular.Host.Forms;

namespace Modular.Tests.Forms;

/// <summary>A form with a question of each kind, points, and questions that depend on others.</summary>
internal static class SampleForm
{
    public static FormBody Body() => new()
    {
        Sections =
        [
            new()
            {
                Key = "s1", Title = Say("About you", "Sobre usted"),
                Questions =
                [
                    new() { Key = "q1", Kind = QuestionKind.Text, Label = Say("Name", "Nombre"), Required = true },
                    new() { Key = "q2", Kind = QuestionKind.Number, Label = Say("Weight", "Peso"), Unit = Say("lb", "libras"), Least = 1, Most = 900 },
                    new() { Key = "q3", Kind = QuestionKind.Date, Label = Say("Last visit", "Última visita") },
                    new() { Key = "q4", Kind = QuestionKind.YesNo, Label = Say("Do you smoke?", "¿Fuma?"), Required = true, Points = 2 },
                    new()
                    {
                        Key = "q5", Kind = QuestionKind.Number, Label = Say("Cigarettes a day", "Cigarrillos al día"), Required = true,
                        When = new() { Question = "q4", Is = ["yes"] },
                    },
                    new()
                    {
                        Key = "q6", Kind = QuestionKind.Choice, Label = Say("Trying to stop?", "¿Intenta dejarlo?"),
                        Options = [Choice("often", 0), Choice("never", 3)], When = new() { Question = "q4", Is = ["yes"] },
                    },
                    new()
                    {
                        Key = "q7", Kind = QuestionKind.LongText, Label = Say("What keeps you?", "¿Qué se lo impide?"), Required = true,
                        When = new() { Question = "q6", Is = ["never"] },
                    },
                ],
                Bands = [new() { From = 0, To = 2, Sentence = "Low" }, new() { From = 3, To = 5, Sentence = "High" }],
            },
            new()
            {
                Key = "s2", Title = Say("More", "Más"),
                Questions =
                [
                    new() { Key = "q8", Kind = QuestionKind.Many, Label = Say("What hurts?", "¿Qué le duele?"), Options = [Choice("head", 1), Choice("back", 2), Choice("knee", null)] },
                    new() { Key = "q9", Kind = QuestionKind.Scale, Label = Say("How much?", "¿Cuánto?"), Least = 0, Most = 10, Points = 1 },
                    new() { Key = "q10", Kind = QuestionKind.Table, Label = Say("Medicines", "Medicinas"), Lines = 3, Options = [Choice("medicine", null), Choice("dose", null)] },
                    new() { Key = "q11", Kind = QuestionKind.Signature, Label = Say("All of this is true.", "Todo esto es cierto.") },
                ],
            },
        ],
    };

    /// <summary>As it is typed, by the keys of the questions.</summary>
    public static FormReading Read(FormBody body, string language = "en", params (string Key, string Value)[] typed) =>
        FormReader.Read(body, name => [.. typed.Where(t => $"answer-{t.Key}" == name).Select(t => t.Value)], new(2026, 11, 30), language);

    public static Words Say(string en, string es) => new() { En = en, Es = es };

    public static FormOption Choice(string key, decimal? points) => new() { Key = key, Label = Say(key, $"{key} (es)"), Points = points };
}

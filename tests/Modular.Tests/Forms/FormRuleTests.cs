using Modular.Host.Forms;
using Modular.Sdk;

namespace Modular.Tests.Forms;

/// <summary>What a form must be to be published, what its points are, and what of it is translated.</summary>
public sealed class FormRuleTests
{
    private static readonly FormKind Kind = new("sample.visit", "Sample", "x", "x")
    {
        Fields = [new("email", "E-mail"), new("language", "Language") { Choices = new Dictionary<string, string> { ["en"] = "English", ["es"] = "Spanish" } }],
    };

    [Fact]
    public void A_whole_form_has_no_fault_and_keeps_everything_as_json()
    {
        var body = SampleForm.Body();

        Assert.Empty(FormRules.Faults(body, Kind));
        var again = FormBody.Read(body.Write());
        Assert.Equal(body.Write(), again.Write());
        Assert.Equal(QuestionKind.LongText, again.Find("q7")!.Kind);
        Assert.Contains("\"long-text\"", body.Write(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q4", "“Cigarettes a day” depends on a question that does not stand before it.")]
    [InlineData("q6", "“What keeps you?” depends on a question that does not stand before it.")]
    public void A_question_that_others_depend_on_is_missed(string removed, string fault)
    {
        var body = SampleForm.Body();
        body.Remove(removed);

        Assert.Contains(fault, FormRules.Faults(body, Kind));
    }

    [Fact]
    public void An_answer_that_others_depend_on_is_missed_and_so_is_an_order_that_cannot_be()
    {
        var body = SampleForm.Body();
        body.Find("q6")!.Options.RemoveAll(o => o.Key == "never");
        Assert.Contains("“What keeps you?” depends on an answer that “Trying to stop?” does not offer.", FormRules.Faults(body, Kind));

        var turned = SampleForm.Body();
        Assert.True(turned.Move("q5", down: false));
        Assert.Contains(FormRules.Faults(turned, Kind), f => f.StartsWith("“Cigarettes a day” depends on a question", StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_is_changed_by_one_question_that_is_answered_as_it_is_kept()
    {
        var body = SampleForm.Body();
        (body.Find("q1")!.Field, body.Find("q7")!.Field) = ("email", "email");
        body.Find("q8")!.Field = "language";
        body.Find("q2")!.Field = "salary";

        var faults = FormRules.Faults(body, Kind);

        Assert.Contains("“Name” and “What keeps you?” both change E-mail. One question changes one field.", faults);
        Assert.Contains("“What hurts?” is not answered as Language is kept. Make it a choice of one of several.", faults);
        Assert.Contains("“Weight” changes a field that sample does not have.", faults);
    }

    [Fact]
    public void Bands_of_points_do_not_overlap_and_need_points()
    {
        var body = SampleForm.Body();
        body.Sections[0].Bands[1].From = 2;
        body.Section("s2")!.Bands.Add(new() { From = 0, To = 1, Sentence = "x" });
        body.Find("q8")!.Options.ForEach(o => o.Points = null);
        body.Find("q9")!.Points = null;

        var faults = FormRules.Faults(body, Kind);

        Assert.Contains("In the section About you, 0 to 2 points and 2 to 5 points overlap.", faults);
        Assert.Contains("The section More says what its points mean, and none of its questions gives points.", faults);
    }

    [Fact]
    public void Points_are_added_up_by_section_of_what_was_asked()
    {
        var body = SampleForm.Body();
        var read = SampleForm.Read(body, "en", ("q1", "A"), ("q4", "yes"), ("q5", "9"), ("q6", "never"), ("q7", "x"), ("q8", "head"), ("q8", "back"), ("q9", "4"));

        Assert.Equal([new("About you", 5, 5, "High"), new("More", 7, 13, null)], FormScore.Of(body, read.Answers));
        Assert.Equal(new("About you", 0, 2, "Low"), FormScore.Of(body, SampleForm.Read(body, "en", ("q4", "no")).Answers)[0]);
    }

    [Fact]
    public void A_text_that_is_changed_in_English_is_translated_anew_and_all_others_stay()
    {
        var before = SampleForm.Say("Weight", "Peso");

        Assert.Same(before, Words.Of("Weight", before));
        Assert.Null(Words.Of("Weight today", before)!.Es);
        Assert.Equal("Weight today", Words.Of("Weight today", before)!.In("es"));

        var body = SampleForm.Body();
        Assert.Empty(FormTexts.Missing(body));
        body.Find("q8")!.Options[0].Label.Es = null;
        Assert.Equal(("q8-o-head", "Choice"), FormTexts.Missing(body) is [var text] ? (text.Key, text.Where) : default);
        Assert.Equal(FormTexts.Of(body).Count(), FormTexts.Of(body).Select(t => t.Key).Distinct().Count());
    }

    [Fact]
    public void A_question_moves_over_the_edge_of_its_section_and_never_out_of_the_form()
    {
        var body = SampleForm.Body();
        Assert.True(body.Move("q7", down: true));
        Assert.Equal("q7", body.Sections[1].Questions[0].Key);
        Assert.True(body.Move("q7", down: false));
        Assert.Equal("q7", body.Sections[0].Questions[^1].Key);
        Assert.False(body.Move("q1", down: false));
        Assert.False(body.Move("q11", down: true));
        Assert.True(body.Move("s2", down: false));
        Assert.False(body.Move("s2", down: false));
        Assert.False(body.Move("none", down: true));
        Assert.Equal(SampleForm.Body().Questions.Count(), body.Questions.Count());
    }
}

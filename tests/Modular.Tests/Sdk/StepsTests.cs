using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>Steps of a row that no module has: what every module may rely on.</summary>
public sealed class StepsTests
{
    private enum Stage
    {
        Taken,
        Sent,
        Read,
        Lost,
    }

    private sealed class Sample : IVersioned
    {
        public Guid Id { get; init; } = Guid.CreateVersion7();
        public int Version { get; set; }
        public Stage Stage { get; private set; }
        public string? Lab { get; set; }
        public DateOnly? On { get; private set; }
        public string[] Values { get; private set; } = [];
        public int Asked { get; private set; }
        public List<StepLine<Sample>> History { get; } = [];

        public string? SendTo(string lab) => Send.Take(this, Noon, "Nora", s =>
        {
            (s.Lab, s.On) = (lab, new(2026, 6, 1));
            return lab.Length == 0 ? StepOutcome.Refused("Say which lab it goes to.") : StepOutcome.Taken($"Sent to {lab}", "info");
        });

        public string? Receive(bool lost) => Result.Take(this, Noon, "Nora", s =>
        {
            s.Values = lost ? [] : ["4.2", "5.1"];
            return lost ? StepOutcome.Taken("The lab lost it", "bad", Stage.Lost) : StepOutcome.Taken("Two values", "ok");
        });

        public string? AskLab() => Ask.Take(this, Noon, "Nora", s =>
        {
            s.Asked++;
            return StepOutcome.Taken("The lab was asked");
        });

        public string? Stray() => Ask.Take(this, Noon, "Nora", _ => StepOutcome.Taken("Elsewhere", to: Stage.Read));
    }

    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Steps<Sample, Stage> All = new("sample", s => s.Stage, s => s.History);
    private static readonly Step<Sample, Stage> Send = All.From(Stage.Taken).To(Stage.Sent, "send", "lab.sample.send", s => $"It is {s.Stage.Title().ToLowerInvariant()} already.");
    private static readonly Step<Sample, Stage> Result = All.From(Stage.Sent).To([Stage.Read, Stage.Lost], "receive", "lab.sample.read", _ => "It was not sent yet.");
    private static readonly Step<Sample, Stage> Ask = All.From(Stage.Sent, Stage.Lost).Stays("ask", "lab.sample.send", _ => "There is nothing to ask for.", canBeTakenBack: false);

    [Fact]
    public void No_order_of_steps_leaves_the_graph_and_taken_back_they_lead_to_the_first() => StepLaws.Hold(
        All, () => new Sample(), s => s.Stage, s => s.History,
        [s => s.SendTo("Harbor Lab"), s => s.SendTo(""), s => s.Receive(false), s => s.Receive(true), s => s.AskLab()], s => All.TakeBack(s, Noon, "Theo"));

    [Fact]
    public void The_history_says_who_did_what_when_and_what_was_taken_back()
    {
        var sample = new Sample();
        sample.SendTo("Harbor Lab");
        All.Note(sample, Noon, "Theo", "The courier came");
        All.TakeBack(sample, Noon.AddHours(1), "Theo");

        Assert.Equal(["Nora: Sent to Harbor Lab, taken to sent", "Theo: The courier came, sent to sent", "Theo: Taken back: Sent to Harbor Lab, sent to taken"],
            sample.History.Select(h => $"{h.By}: {h.Said}, {h.FromState} to {h.ToState}"));
        Assert.Equal((null, null, Noon.AddHours(1)), (sample.Lab, sample.On, sample.History[^1].At));
        Assert.Equal("This sample has taken no step that could be taken back.", All.TakeBack(sample, Noon, "Theo"));
    }

    [Fact]
    public void What_a_refused_step_had_changed_is_put_back()
    {
        var sample = new Sample { Lab = "Old Lab" };

        Assert.Equal("Say which lab it goes to.", sample.SendTo(""));
        Assert.Equal(("Old Lab", null, Stage.Taken), (sample.Lab, sample.On, sample.Stage));
        Assert.Equal("It was not sent yet.", sample.Receive(false));
    }

    [Fact]
    public void A_step_leads_nowhere_but_where_it_says()
    {
        var sample = new Sample();
        sample.SendTo("Harbor Lab");

        Assert.Throws<InvalidOperationException>(sample.Stray);
    }

    [Fact]
    public void Two_steps_of_a_row_have_two_names_and_the_state_can_be_set()
    {
        Assert.Throws<ArgumentException>(() => All.From(Stage.Read).Stays("send", "lab.sample.send", _ => ""));
        Assert.Throws<ArgumentException>(() => new Steps<Sample, Stage>("sample", s => Stage.Read, s => s.History));
    }
}

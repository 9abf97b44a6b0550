using Modular.Sdk;

namespace Modular.Panels;

/// <summary>Puts a quick, a slow and a failing panel into its own page; which one misbehaves the id says.</summary>
public sealed class PanelsModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Database<PanelsDb>()
        .Permission("panels.page.read", "See the panels", Roles.FrontDesk, Roles.Supplies, Roles.Marketing)
        .Permission("panels.secret.read", "See the secret panel", Roles.Biller)
        .Navigation("Panels", "/panels", "columns", "panels.page.read", 10, count: "select 7::bigint where $1 or $2::uuid[] is not null or $3::uuid is null")
        .Navigation("Broken count", "/panels/pages", "columns", "panels.page.read", 11, count: "select 1 / 0::bigint where $1 or $2::uuid[] is not null or $3::uuid is null")
        .Queue(Chores.Chore.Queue)
        .Approval(Chores.DropChore.Kind)
        .Letter<Chores.ChoreSlips>(Chores.ChoreSlip.Kind, "panels.page.read")
        .Document(Rules.PublishRule.Kind)
        .Kept(new("panels.chore", "Chores of the house", "chores", 2, "House rule 7", new(2026, 11, 30))
        {
            Begins = "The day it was due, once done", Starts = "case when r.done then r.due_on end", Label = "r.text", Person = "r.owner_id",
        })
        .Kept(new("panels.slip", "Slips with a slip in their declaration", "chores", 2, "House rule 8", new(2026, 11, 30))
        {
            Begins = "Nothing", Starts = "r.no_such_column",
        })
        .Kept("panels.copay", "Copays", "With the record of the patient")
        .Indicators<Chores.ChoreCount>(Chores.ChoreCount.Due, Chores.ChoreCount.DoneShare)
        .Recounts<Chores.ChoreCount, Chores.Chore>(c => [new(c.LocationId, c.DueOn)])
        .Slot<QuickPanel>("panels.page", "panels.page.read", 1)
        .Slot<MoodyPanel>("panels.page", "panels.page.read", 2)
        .Slot<SecretPanel>("panels.page", "panels.secret.read", 3)
        .Slot<CopayPanel>("scheduling.check-in", "panels.page.read")
        .Slot<CopayPanel>("scheduling.check-out", "panels.page.read")
        .Slot<CopayPanel>("scheduling.book", "panels.page.read")
        .Slot<CopayPanel>("scheduling.visit", "panels.page.read")
        .Record(Copay.Record)
        .Record(Checks.ChoreCheck.Record)
        .Form<Checks.ChoreCheck>(Checks.ChoreCheck.Kind)
        .Form(Checks.ChoreCheck.Survey)
        .Contacts<Copay>("asked", Copay.Asked)
        .ListSlot<RowMarks>("panels.marks", "panels.page.read")
        .Widget<CountWidget>("Panels waiting", "panels.page.read", 1, Roles.FrontDesk)
        .Settings<PanelsSettings>("Panels")
        .Secret("panels.key", "Key of the panel service", "From its page of keys.")
        .Link(new(Pages.LinkedPage.Kind, "See a panel", "/public/panels/pages", "panels.page.read"))
        .Topic("panels.page", "panels.page.read")
        .Topic("panels.secret", "panels.secret.read");
}

public sealed class PanelsSettings
{
    public int Columns { get; set; } = 2;
}

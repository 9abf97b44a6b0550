using System.Globalization;
using Modular.Billing.ClaimFiles;
using Modular.Billing.X12;

namespace Modular.Billing.Eligibility;

/// <summary>One patient who is asked for, under the payer and in the name of the entity that asks.</summary>
/// <param name="Dependent">The patient, where the plan is somebody else's.</param>
public sealed record EligibilityAsk(
    string Trace, DateOnly Day, AskedPayer Payer, AskingEntity Entity, ClaimName Subscriber, string MemberId, DateOnly? SubscriberBirth,
    string? SubscriberSex, AskedDependent? Dependent);

public sealed record AskedPayer(string Name, string Number);

public sealed record AskingEntity(string Name, string Npi, string TaxId);

public sealed record AskedDependent(ClaimName Name, DateOnly Birth, string Sex);

/// <summary>Questions as a 270 (005010X279A1). The patient is the lowest level, and asked for the plan as a whole (EQ*30) on the day.</summary>
public static class EligibilityFile
{
    public const string Version = "005010X279A1";

    /// <param name="reference">BHT03: a payer that refuses the file as a whole sends it back.</param>
    public static void Write(Stream stream, InterchangeHeader header, string reference, IReadOnlyList<EligibilityAsk> asks)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(asks);
        var writer = new InterchangeWriter(stream);
        writer.BeginInterchange(header);
        writer.BeginGroup("HS", header.Sender.Trim(), header.Receiver.Trim(), header.ControlNumber, header.At, Version);
        var output = new ClaimOutput(writer);
        output.Begin(1, "270");
        output.Put("BHT", "0022", "13", reference, ClaimOutput.Day(DateOnly.FromDateTime(header.At)),
            header.At.ToString("HHmm", CultureInfo.InvariantCulture));
        foreach (var payer in asks.GroupBy(a => a.Payer))
        {
            var source = output.Level(null, "20", hasBelow: true);
            output.Name("PR", new(payer.Key.Name), isPerson: false, "PI", payer.Key.Number);
            foreach (var entity in payer.GroupBy(a => a.Entity))
            {
                var receiver = output.Level(source, "21", hasBelow: true);
                output.Name("1P", new(entity.Key.Name), isPerson: false, "XX", entity.Key.Npi);
                foreach (var ask in entity)
                {
                    Ask(output, ask, receiver);
                }
            }
        }

        output.End();
        writer.EndGroup();
        writer.EndInterchange();
    }

    private static void Ask(ClaimOutput output, EligibilityAsk ask, int receiver)
    {
        var subscriber = output.Level(receiver, "22", hasBelow: ask.Dependent is not null);
        if (ask.Dependent is null)
        {
            Trace(output, ask);
        }

        output.Name("IL", ask.Subscriber, isPerson: true, "MI", ask.MemberId);
        if (ask.SubscriberBirth is { } born)
        {
            output.Put("DMG", "D8", ClaimOutput.Day(born), ask.SubscriberSex is "F" or "M" ? ask.SubscriberSex : "");
        }

        if (ask.Dependent is { } patient)
        {
            output.Level(subscriber, "23", hasBelow: false);
            Trace(output, ask);
            output.Name("03", patient.Name, isPerson: true);
            output.Put("DMG", "D8", ClaimOutput.Day(patient.Birth), patient.Sex is "F" or "M" ? patient.Sex : "");
        }

        output.Date("291", ask.Day);
        output.Put("EQ", "30");
    }

    /// <summary>TRN03 has ten characters: 1 and the employer's number.</summary>
    private static void Trace(ClaimOutput output, EligibilityAsk ask) => output.Put("TRN", "1", ask.Trace, "1" + ask.Entity.TaxId);
}

using Modular.Billing.Inbox;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>Charges as HL7 v2 and table cells write them, read as plain text.</summary>
public sealed class Hl7ChargeTests
{
    public const string Message =
        "MSH|^~\\&|EHR|CLINIC|BILLING|CLINIC|20260611080000||DFT^P03|MSG001|P|2.5\r"
        + "PID|1||10023^^^CLINIC^MR||Kaur^Simran||19810304|F\r"
        + "PV1|1|O|||||1234567893^Vale^Ada\r"
        + "FT1|1|T1||20260610093000|20260611|CG|||| 2 |||||||||Z9911^First^I10~Z9912|1234567893^Vale|||||Q9901^Visit^HCPCS|25~59\r"
        + "FT1|2|T2||20260610|20260611|CG|||||||||||||Z9912|1234567893^Vale|||||Q9902\r"
        + "FT1|3|T3||20260611|20260611|CG||||1|||||||||Z9911|1234567893^Vale|||||Q9901\r";

    [Fact]
    public void Services_of_one_day_and_performer_are_one_charge_with_their_diagnoses_modifiers_and_units()
    {
        var file = Hl7Charges.Read(Message);

        Assert.Empty(file.Problems);
        Assert.Equal(["MSG001", "MSG001.2"], file.Charges.Select(c => c.OutsideId));
        var first = file.Charges[0].Content;
        Assert.Equal(("EHR CLINIC", "10023", "Kaur", "Simran", new DateOnly(1981, 3, 4), new DateOnly(2026, 6, 10), "1234567893"),
            (file.Charges[0].Sender, first.PatientNumber, first.LastName, first.FirstName, first.BirthDate!.Value, first.From, first.ProviderNpi));
        Assert.Equal(["Z9911", "Z9912"], first.Diagnoses);
        Assert.Equal("Q9901 25+59 AB 2; Q9902  B 1", string.Join("; ", first.Lines.Select(l => $"{l.Code} {string.Join('+', l.Modifiers)} {l.Pointers} {l.Units:0.##}")));
        Assert.Equal(file.Charges[0].Content.Digest(), Hl7Charges.Read(Message).Charges[0].Content.Digest());
    }

    [Theory]
    [InlineData("", "no HL7 message")]
    [InlineData("hello", "no HL7 message")]
    [InlineData("MSH|", "cut off")]
    [InlineData("MSH|^~\\&|A|B|||1||ADT^A01|1|P|2.5", "charges come as DFT^P03")]
    [InlineData("MSH|^~\\&|A|B|||1||DFT^P03|1|P|2.5", "no PID")]
    [InlineData("MSH|^~\\&|A|B|||1||DFT^P03|1|P|2.5\nPID|1||7", "no FT1")]
    [InlineData("MSH|^~\\&|A|B|||1||DFT^P03||P|2.5\nPID|1||7\nFT1|1|||20260610", "no control id")]
    [InlineData("MSH|^~\\&|A|B|||1||DFT^P03|1|P|2.5\nPID|1||7\nFT1|1|||2026-06-10", "no day of service")]
    [InlineData("MSH|^~\\&|A|B|||1||DFT^P03|1|P|2.5\nPID|1||7\nFT1|1|||20260610", "no procedure code")]
    public void What_cannot_be_read_is_said_in_a_sentence(string text, string said) =>
        Assert.Contains(said, Assert.Single(Hl7Charges.Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void No_change_of_a_message_makes_the_reader_fall_over()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var text = Message.ToCharArray();
            for (var i = 0; i < 1 + random.Next(12); i++)
            {
                text[random.Next(text.Length)] = "|^~\\&\r\nA1\0é\"-"[random.Next(13)];
            }

            var file = Hl7Charges.Read(new string(text)[..random.Next(text.Length + 1)]);
            Assert.True(file.Charges.Count + file.Problems.Count > 0);
            Assert.All(file.Charges, c => Assert.True(c.Sender.Length is > 0 and <= 60 && c.OutsideId.Length is > 0 and <= 80));
        }
    }

    [Theory]
    [InlineData("G0463", "G0463///1/")]
    [InlineData("g0463-25-59 ab x2 $30.5; J1885 x0.5", "G0463/25,59/AB/2/30.5 J1885///0.5/")]
    [InlineData("G0463 what", null)]
    [InlineData("G046", null)]
    [InlineData("G0463-255", null)]
    [InlineData(" ; ", null)]
    public void A_cell_of_services_is_read_or_refused_as_a_whole(string text, string? read) =>
        Assert.Equal(read, ServiceText.Read(text) is not { } lines ? null
            : string.Join(' ', lines.Select(l => $"{l.Code}/{string.Join(',', l.Modifiers)}/{l.Pointers}/{l.Units:0.##}/{l.Price:0.##}")));
}

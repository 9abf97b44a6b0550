using Modular.Patients;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Tests.Patients;

public sealed class PatientFormTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static PatientForm Typed() => new() { LastName = " Garcia ", FirstName = "María", BirthDate = "1/5/48", Sex = "f", MobilePhone = "1 (555) 012-3456", State = "massachusetts", Zip = "02155-0001" };

    private static string Error(PatientForm form, string field) =>
        Assert.Single(form.Apply(new Patient(), Today), e => e.Field == field).Sentence;

    [Fact]
    public void What_was_typed_is_stored_in_one_shape()
    {
        var patient = new Patient();

        Assert.Empty(Typed().Apply(patient, Today));

        Assert.Equal(("Garcia", "María", new DateOnly(1948, 1, 5), "F"), (patient.LastName, patient.FirstName, patient.BirthDate, patient.Sex));
        Assert.Equal(("5550123456", "MA", "021550001"), (patient.MobilePhone, patient.State, patient.Zip));
    }

    [Fact]
    public void A_form_filled_from_a_patient_and_saved_unchanged_changes_nothing()
    {
        var patient = new Patient();
        var form = Typed();
        form.FormerNames = "Lopez, Diaz";
        form.Ssn = "999-12-3456";
        form.DeceasedOn = "2/1/2020";
        form.Apply(patient, Today);
        var again = new Patient();

        Assert.Empty(PatientForm.Of(patient, []).Apply(again, Today));

        Assert.Empty(Difference.Between(PatientForm.Of(patient, []), PatientForm.Of(again, [])));
        Assert.Equal("3456", again.SsnLast4);
    }

    [Fact]
    public void Missing_names_and_birth_date_are_asked_for()
    {
        var fields = new PatientForm().Apply(new Patient(), Today).Select(e => e.Field);

        Assert.Equal(["LastName", "FirstName", "BirthDate"], fields);
    }

    [Fact]
    public void Each_wrong_value_has_a_sentence_that_says_what_is_wrong()
    {
        var form = Typed();
        (form.BirthDate, form.MobilePhone, form.Zip, form.State, form.Email, form.Ssn) = ("13/45/80", "555-0123", "1234", "Quebec", "maria@", "12");

        Assert.Equal("“13/45/80” is not a date; type it like 01/05/1948.", Error(form, "BirthDate"));
        Assert.Equal("“555-0123” is not a phone number; it has ten digits, or + and the country code.", Error(form, "MobilePhone"));
        Assert.Equal("“1234” is not a ZIP code; it has 5 or 9 digits.", Error(form, "Zip"));
        Assert.Equal("“Quebec” is not a state; type two letters such as MA.", Error(form, "State"));
        Assert.Equal("“maria@” is not an e-mail address.", Error(form, "Email"));
        Assert.Equal("A social security number has 9 digits, its end 4; this one has 2.", Error(form, "Ssn"));
    }

    [Fact]
    public void Nobody_is_born_tomorrow_or_dies_before_birth()
    {
        var form = Typed();
        form.BirthDate = "11/22/2026";
        Assert.Equal("Birth date “11/22/2026” is in the future.", Error(form, "BirthDate"));

        (form.BirthDate, form.DeceasedOn) = ("1/5/1948", "1/4/1948");
        Assert.Equal("The date of death is before the birth date.", Error(form, "DeceasedOn"));
    }

    [Fact]
    public void A_registration_is_finished_when_the_practice_has_what_it_asks_for()
    {
        var patient = new Patient();
        Typed().Apply(patient, Today);

        Assert.Equal(["address"], Registration.Missing(patient, new(), new(2026, 6, 1), false));
        Assert.Equal(["address", "e-mail"], Registration.Missing(patient, new() { RequireEmail = true }, new(2026, 6, 1), false));

        (patient.Address, patient.City) = ("1 Elm St", "Salem");
        Assert.Empty(Registration.Missing(patient, new(), new(2026, 6, 1), false));
    }

    [Fact]
    public void Two_versions_differ_in_the_fields_that_differ()
    {
        var mine = Typed();
        mine.City = "Salem";

        var difference = Assert.Single(Difference.Between(Typed(), mine));

        Assert.Equal(("City", null, "Salem"), (difference.Field, difference.Saved, difference.Typed));
    }

    [Fact]
    public void Born_on_leap_day_turns_a_year_older_on_the_first_of_March()
    {
        Assert.Equal(17, Age.Years(new(2008, 2, 29), new(2026, 2, 28)));
        Assert.Equal(18, Age.Years(new(2008, 2, 29), new(2026, 3, 1)));
    }
}

using Modular.Host.Acknowledgements;
using Modular.Sdk;

namespace Modular.Host.Demo;

/// <summary>The privacy policy that the staff of the demo practice reads and signs.</summary>
public static class DemoReading
{
    private const string Policy = """
        This policy is for everybody who works at this practice. It says how we treat what we know about patients.

        1. Look at what your work needs, and at nothing else. You may open a chart because you book, treat, bill or answer a call. Curiosity, family and
        neighbors are no reasons. Every look is noted with your name.
        2. Speak where others do not hear it. At the desk use names and times, not diagnoses. Close the door, or lower your voice.
        3. Know whom you tell. Before you give anything on the phone, ask for the date of birth and one more fact. Leave no
        results on a machine unless the patient asked us to.
        4. Lock your screen when you leave it. Your password is yours; nobody here, and no helper on the phone, may ask for it.
        5. Paper goes face down, into the locked cabinet or into the shredder box. Nothing about patients leaves the building
        without the manager's word.
        6. A patient may see and have copies of their records. Give the request to the front desk, who starts the clock; never say no by yourself.
        7. Something went wrong: a letter to the wrong address, a lost phone, a chart opened by mistake. Tell the manager the same day. Telling at once
        is never held against you; hiding it is.
        8. Nobody is treated worse for reporting a concern, to us or to a public office.

        Who breaks this policy may be warned, lose access or lose the job, as the case is. Questions go to the manager.
        """;

    public static async Task SeedAsync(IAcknowledgements acknowledgements, CancellationToken ct) => await acknowledgements.PublishAsync(
        DocumentKinds.Policy, new("privacy-policy", "Privacy policy for staff", Policy, new(Everybody: true), Days: 14), ct);
}

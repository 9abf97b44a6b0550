using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>What people, roles and programs refuse, in a form.</summary>
public static class PeopleRefusals
{
    /// <summary>Does it, or puts the sentence on top of the form.</summary>
    public static async Task TryAsync(this Reading read, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (PeopleException e)
        {
            read.Refuse("", e.Message);
        }
    }
}

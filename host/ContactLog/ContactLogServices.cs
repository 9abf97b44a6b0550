using Modular.Host.Data;

namespace Modular.Host.ContactLog;

public static class ContactLogServices
{
    public static IServiceCollection AddContactLog(this IServiceCollection services) => services
        .AddScoped<ContactBook>().AddScoped<ContactPanel>().AddScoped<IRowRecorder, ContactRecorder>();
}

using Modular.Host.Data;
using Modular.Host.Tasks;

namespace Modular.Host.Search;

public static class SearchServices
{
    public static IServiceCollection AddSearchAndTasks(this IServiceCollection services) => services
        .AddScoped<GlobalSearch>()
        .AddScoped<TaskInbox>()
        .AddSingleton<SearchRebuilder>()
        .AddScoped<IRowRecorder, SearchRecorder>()
        .AddScoped<IRowRecorder, TaskRecorder>();
}
